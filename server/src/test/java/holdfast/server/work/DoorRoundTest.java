package holdfast.server.work;

import static holdfast.server.work.WorkHouse.DISK;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.Verdict;
import holdfast.server.sql.Leases;
import holdfast.storage.DoorProbe;
import holdfast.storage.StorageDriver.Knock;
import holdfast.storage.Visitor;
import holdfast.vocabulary.StoragePath;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoorRoundTest {
    private static final BiFunction<StoragePath, Visitor, Knock> CLOSED =
            (_, _) -> new Knock.Refused("HEAD answered 403");
    private static final BiFunction<StoragePath, Visitor, Knock> OPEN = (_, visitor) -> visitor == Visitor.ANONYMOUS
            ? new Knock.LetIn("GET answered 206 with bytes")
            : new Knock.Refused("HEAD answered 403");
    private static final BiFunction<StoragePath, Visitor, Knock> DEAD = (_, _) -> new Knock.NotKnown("nobody answered");

    @TempDir
    Path folder;

    private WorkHouse house;
    private TricksterDriver driver;
    private TrialHouse trials;
    private DoorRound round;
    private final List<String> knocks = new ArrayList<>();

    @BeforeEach
    void build() {
        house = new WorkHouse(folder);
        driver = new TricksterDriver(house.disk());
        house.replace(DISK, driver);
        trials = new TrialHouse(house);
        round = new DoorRound(house.place, ProbeSettings.DEFAULTS);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private void door(BiFunction<StoragePath, Visitor, Knock> answers) {
        driver.door((path, visitor) -> {
            knocks.add(path.path());
            return answers.apply(path, visitor);
        });
    }

    /** Steps when the last trial asks for no more rest. */
    private List<DoorProbe> step() {
        house.pass(Duration.ofHours(1));
        trials.catchUp();
        return round.step(DISK);
    }

    private ClauseVerdict verdict() {
        return trials.verdict("P-21");
    }

    private void expect(Verdict expected) {
        trials.expect("P-21", expected);
    }

    @Test
    void withoutAnyTrialTheClauseIsUndetermined() {
        house.files(3, 50);
        expect(Verdict.UNDETERMINED);
    }

    @Test
    void anElementThatRefusesEverybodyIsMetForADayAndByTheClockAloneNoMore() {
        house.files(30, 50);
        door(CLOSED);

        assertThat(step()).hasSize(1);

        expect(Verdict.MET);
        assertThat(verdict().validUntil()).isEqualTo(house.now().plus(Duration.ofHours(24)));
        house.pass(Duration.ofHours(24).minusSeconds(1));
        expect(Verdict.MET);
        house.pass(Duration.ofSeconds(1));
        expect(Verdict.UNDETERMINED);
    }

    @Test
    void anOpenDoorBreachesAndNamesTheFileUntilItIsSeenClosed() {
        house.files(30, 50);
        door(OPEN);
        step();
        expect(Verdict.BREACHED);
        assertThat(verdict().reasons().getFirst().text()).contains("LAB-DISK: lab/raw/run0/file");

        door(DEAD);
        step();
        expect(Verdict.BREACHED);

        door(CLOSED);
        assertThat(step()).hasSize(1);
        expect(Verdict.MET);
    }

    @Test
    void whatWasOpenIsTriedAgainBesideEveryNewSample() {
        house.files(30, 50);
        StoragePath[] one = new StoragePath[1];
        door((path, visitor) -> {
            one[0] = one[0] == null ? path : one[0];
            return path.equals(one[0]) ? new Knock.LetIn("HEAD answered 200") : new Knock.Refused("403");
        });
        step();
        for (int day = 0; day < 5; day++) {
            house.pass(Duration.ofDays(1));
            knocks.clear();
            step();
            assertThat(knocks).contains(one[0].path());
            expect(Verdict.BREACHED);
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsUndeterminedAndIsLeftAloneAfterThreePaths() {
        house.files(30, 50);
        door(DEAD);
        step();
        expect(Verdict.UNDETERMINED);
        assertThat(verdict().reasons().toString()).contains("nobody answered");
        assertThat(knocks).hasSize(3 * Visitor.values().length);
    }

    @Test
    void aServerThatStopsAnsweringTakesNothingFromATrialInDate() {
        house.files(30, 50);
        door(CLOSED);
        step();
        door(DEAD);
        for (int hour = 0; hour < 22; hour++) {
            step();
            expect(Verdict.MET);
        }
        step();
        step();
        expect(Verdict.UNDETERMINED);
        door(CLOSED);
        step();
        expect(Verdict.MET);
    }

    @Test
    void anElementThatHasNoDoorIsUndeterminedAndSaysSo() {
        house.files(3, 50);
        step();
        expect(Verdict.UNDETERMINED);
        assertThat(verdict().reasons().toString()).contains("no door for outsiders");
        long entries = house.entries();
        for (int hour = 0; hour < 11; hour++) {
            step();
        }
        assertThat(house.entries()).isEqualTo(entries);
    }

    @Test
    void theSampleIsTheSameAllDayAndAnotherOneTheNextAndReachesEveryFileInTime() {
        house.files(12, 50);
        door(CLOSED);
        Set<String> seen = new HashSet<>();
        trials.catchUp();
        round.now(DISK);
        List<String> first = List.copyOf(knocks);
        house.pass(Duration.ofHours(2));
        knocks.clear();
        round.now(DISK);
        assertThat(knocks).isEqualTo(first).hasSize(4 * Visitor.values().length);
        for (int day = 0; day < 60; day++) {
            house.pass(Duration.ofDays(1));
            round.now(DISK);
        }
        seen.addAll(knocks);
        assertThat(seen).hasSize(12);
    }

    @Test
    void anElementWithoutSuchFilesIsNothingToJudgeAndIsTriedOnceSomeCome() {
        door(CLOSED);
        assertThat(step()).singleElement().matches(p -> p.paths() == 0);
        expect(Verdict.UNDETERMINED);
        assertThat(verdict().reasons().toString()).contains("nothing to judge");
        assertThat(step()).isEmpty();

        house.files(3, 50);
        house.pass(ProbeSettings.DEFAULTS.look());
        assertThat(step()).singleElement().matches(p -> p.paths() == 3);
        expect(Verdict.MET);
    }

    @Test
    void halfADayAfterATrialTheNextIsMade() {
        house.files(30, 50);
        door(CLOSED);
        step();
        for (int hour = 1; hour < 12; hour++) {
            assertThat(step()).isEmpty();
        }
        assertThat(step()).hasSize(1);
    }

    @Test
    void aNodeThatLostItsLeaseRecordsNothing() {
        house.files(3, 50);
        Leases other = new Leases(house.database, house::now);
        door((_, _) -> {
            house.pass(Duration.ofMinutes(5));
            other.take("probe:" + DISK, Duration.ofHours(1));
            return new Knock.Refused("403");
        });
        assertThat(step()).isEmpty();
        assertThat(house.count("select count(*) from door")).isZero();
    }

    @Test
    void theJournalFoldedGivesTheSameRowsAndTheSameVerdict() {
        house.files(30, 50);
        door(OPEN);
        step();
        trials.foldsToTheSame("P-21");
        expect(Verdict.BREACHED);
    }
}
