package holdfast.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.durability.Input.Origin;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChoiceTest {
    private static final Map<Carrier, Double> PLAN = Map.of(Carrier.TAPE, 730.0, Carrier.DISK, 90.0);

    @Test
    void whatNobodyMeasuredIsAssumedAndNamesItsSource() {
        Input tape = Scene.assumed().of(InputName.DAMAGE_TAPE);
        assertThat(tape.origin()).isEqualTo(Origin.ASSUMED);
        assertThat(tape.value()).isEqualTo(1e-3);
        assertThat(tape.why()).contains("CERN", "no copy was watched here yet");
    }

    @Test
    void fewQuietYearsDoNotMakeDamageRarerThanAssumed() {
        Input disk = damage(new Observed(0, 100));
        assertThat(disk.origin()).isEqualTo(Origin.ASSUMED);
        assertThat(disk.why()).contains("0 damaged in 100.0 copy-years", "at most 0.030", "few events");
    }

    @Test
    void manyQuietYearsDo() {
        Input disk = damage(new Observed(0, 100_000));
        assertThat(disk.origin()).isEqualTo(Origin.MEASURED);
        assertThat(disk.value()).isEqualTo(3e-5);
    }

    @Test
    void damageThatIsSurelyMoreThanAssumedIsTakenAtItsUpperBound() {
        Input disk = damage(new Observed(20, 100));
        assertThat(disk.origin()).isEqualTo(Origin.MEASURED);
        assertThat(disk.value()).isBetween(0.25, 0.32);
    }

    @Test
    void proofsThatAreOlderThanThePlanAllowsMakeTheIntervalLonger() {
        assertThat(scrub(30).origin()).isEqualTo(Origin.PLAN);
        assertThat(scrub(30).value()).isEqualTo(90);
        assertThat(scrub(100).origin()).isEqualTo(Origin.MEASURED);
        assertThat(scrub(100).value()).isEqualTo(200);
    }

    @Test
    void aFewQuickRepairsChangeNothingAndManyDo() {
        assertThat(repair(3, 0.1).origin()).isEqualTo(Origin.ASSUMED);
        assertThat(repair(10, 0.1).value()).isEqualTo(0.1);
        assertThat(repair(3, 50).value()).isEqualTo(50);
    }

    @Test
    void carryingIsNeverTakenForTheWholeRebuildingUnlessItIsLonger() {
        assertThat(rebuild(1e12, 1e12).origin()).isEqualTo(Origin.ASSUMED);
        assertThat(rebuild(1e12, 1e8).origin()).isEqualTo(Origin.MEASURED);
        assertThat(rebuild(1e12, 1e8).value()).isBetween(416.0, 417.0);
    }

    @Test
    void whatTheAskerStatesGoesBeforeAll() {
        Inputs inputs = Choice.of(
                new Measured(
                        Map.of(Carrier.DISK, new Observed(20, 100)),
                        Map.of(),
                        Measured.Repairs.NONE,
                        Measured.Rebuild.NONE),
                PLAN,
                Map.of(InputName.DAMAGE_DISK, 0.5));
        assertThat(inputs.of(InputName.DAMAGE_DISK))
                .isEqualTo(new Input(0.5, Origin.STATED, "given with the question"));
    }

    @Test
    void noInputIsNegativeOrNoNumber() {
        assertThatThrownBy(() -> Scene.stated(Map.of(InputName.REPAIR, -1.0)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Scene.stated(Map.of(InputName.REPAIR, Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Input damage(Observed seen) {
        return of(InputName.DAMAGE_DISK, Map.of(Carrier.DISK, seen), Map.of(), Measured.Repairs.NONE);
    }

    private static Input scrub(double age) {
        return of(InputName.SCRUB_DISK, Map.of(), Map.of(Carrier.DISK, age), Measured.Repairs.NONE);
    }

    private static Input repair(long count, double days) {
        return of(InputName.REPAIR, Map.of(), Map.of(), new Measured.Repairs(count, days));
    }

    private static Input rebuild(double bytes, double perHour) {
        Measured.Rebuild rebuild = new Measured.Rebuild((long) bytes, perHour);
        Measured seen = new Measured(Map.of(), Map.of(), Measured.Repairs.NONE, rebuild);
        return Choice.of(seen, PLAN, Map.of()).of(InputName.REBUILD);
    }

    private static Input of(
            InputName name, Map<Carrier, Observed> damage, Map<Carrier, Double> ages, Measured.Repairs repairs) {
        Measured seen = new Measured(damage, ages, repairs, Measured.Rebuild.NONE);
        return Choice.of(seen, PLAN, Map.of()).of(name);
    }
}
