package holdfast.server.keeping;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.durability.Carrier;
import holdfast.durability.Choice;
import holdfast.durability.ClassHolding;
import holdfast.durability.ClassHolding.CopySum;
import holdfast.durability.Forecast;
import holdfast.durability.InputName;
import holdfast.durability.Inputs;
import holdfast.durability.Keeping;
import holdfast.durability.Measured;
import holdfast.durability.NdsaLevels;
import holdfast.durability.Observed;
import holdfast.durability.Outlook;
import holdfast.durability.Outlook.ClassOutlook;
import holdfast.judgement.CopyStanding;
import holdfast.judgement.Surroundings;
import holdfast.plan.Limits;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Database;
import holdfast.server.sql.LossSums;
import holdfast.server.sql.LossSums.Believed;
import holdfast.server.sql.LossSums.CohortSum;
import holdfast.server.sql.LossSums.ElementSum;
import holdfast.server.sql.LossSums.Late;
import holdfast.server.sql.Memory;
import holdfast.server.work.Calendar;
import holdfast.storage.Locator;
import holdfast.storage.ProofKind;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * Reckons the loss to be expected from what is recorded now: adds up the rows, counts damage, and hands both to the model.
 * Whether an element's copies are believed is asked of the judgement, with a copy on which nothing else is wrong.
 */
public final class LossForecaster {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration CARRYING = Duration.ofDays(30);
    private static final DataId FAULTLESS = new DataId(new Scope("none"), "/none");

    private final Desk desk;
    private final Supplier<Surroundings> surroundings;

    /** What a forecaster works with. */
    public record Desk(Database database, LossSums sums, DamageCount damage, Memory memory, HouseClock clock) {}

    public LossForecaster(Desk desk, Supplier<Surroundings> surroundings) {
        this.desk = desk;
        this.surroundings = surroundings;
    }

    /** The outlook, and how far the journal's inspections were counted. */
    public record Reckoned(Outlook outlook, Surroundings surroundings, Instant at, DamageCount.Count damage) {}

    /** The outlook with these inputs stated by the asker, in the units of their names. */
    public Reckoned reckon(Map<InputName, Double> stated) {
        DamageCount.Count damage = desk.damage.count(PATIENCE);
        Surroundings now = surroundings.get();
        Instant at = desk.clock.now();
        Rows rows = desk.database.read(connection -> {
            Believed believed = believed(now, at);
            Limits limits = now.plan().limits();
            Late late = new Late(at.minus(limits.proofTape()), at.minus(limits.proofDisk()));
            return new Rows(
                    desk.sums.cohorts(connection, believed, now.sites().elements()),
                    desk.sums.elements(connection, believed, late, at),
                    desk.sums.bytesPerHour(connection, now.sites().landing(), at.minus(CARRYING)));
        });
        Measured measured = rows.measured(now, damage);
        Inputs inputs = Choice.of(measured, planned(now), stated);
        Keeping keeping = keeping(now, rows);
        List<ClassOutlook> classes = rows.holdings().stream()
                .map(holding -> new ClassOutlook(Forecast.of(holding, inputs), NdsaLevels.of(holding, keeping)))
                .toList();
        return new Reckoned(new Outlook(inputs, measured, classes), now, at, damage);
    }

    /** How often the plan has copies read, in days. */
    private static Map<Carrier, Double> planned(Surroundings now) {
        Map<Carrier, Double> planned = new EnumMap<>(Carrier.class);
        for (StorageElement element : now.sites().all()) {
            double days = Calendar.every(now.plan(), element).toMinutes() / 1440.0;
            planned.merge(Carrier.of(element), days, Math::max);
        }
        return planned;
    }

    private Keeping keeping(Surroundings now, Rows rows) {
        List<String> blind = rows.elements.stream()
                .filter(sum -> sum.copies().counted() > 0)
                .map(ElementSum::element)
                .distinct()
                .filter(name -> !now.condition(name)
                        .scrub()
                        .map(scrub -> scrub.canariesFound())
                        .orElse(false))
                .map(StorageName::name)
                .sorted()
                .toList();
        return new Keeping(desk.memory.recall(JournalKeeper.SEGMENT).map(Memory.Note::at), blind);
    }

    private static Believed believed(Surroundings now, Instant at) {
        List<StorageElement> counting = new ArrayList<>();
        List<StorageElement> open = new ArrayList<>();
        for (StorageElement element : now.sites().all()) {
            CopyStanding standing = CopyStanding.of(faultless(element.name(), at), now, at);
            if (standing.counts()) {
                counting.add(element);
            }
            if (standing.mayCount()) {
                open.add(element);
            }
        }
        List<StorageElement> tapes =
                now.sites().all().stream().filter(StorageElement::isTape).toList();
        Limits limits = now.plan().limits();
        List<StorageElement> buffered = tapes.stream()
                .filter(e -> limits.bufferProof().contains(e.site()))
                .toList();
        return new Believed(counting, open, tapes, buffered, at.plus(limits.clockSkew()));
    }

    private static CopyRow faultless(StorageName element, Instant at) {
        return new CopyRow(
                FAULTLESS,
                element,
                CopyState.PROVED,
                StoragePath.of(FAULTLESS, StoragePath.Layout.NAME, 0),
                0,
                Optional.of(new Locator("none")),
                at,
                Optional.of(new CopyRow.Proof(at, ProofKind.MEDIUM, true)),
                at,
                Optional.empty());
    }

    /** What the statements gave. */
    private record Rows(List<CohortSum> cohorts, List<ElementSum> elements, double bytesPerHour) {

        List<ClassHolding> holdings() {
            return cohorts.stream()
                    .map(CohortSum::classId)
                    .distinct()
                    .map(this::holding)
                    .toList();
        }

        private ClassHolding holding(Optional<ClassId> id) {
            List<CohortSum> theirs =
                    cohorts.stream().filter(c -> c.classId().equals(id)).toList();
            Map<StorageName, CopySum> copies = new HashMap<>();
            elements.stream().filter(e -> e.classId().equals(id)).forEach(e -> copies.put(e.element(), e.copies()));
            long digested = theirs.stream().mapToLong(CohortSum::digested).sum();
            return new ClassHolding(id, theirs.stream().map(CohortSum::cohort).toList(), copies, digested);
        }

        Measured measured(Surroundings now, DamageCount.Count damage) {
            Map<Carrier, Observed> observed = new EnumMap<>(Carrier.class);
            Map<Carrier, Mean> ages = new EnumMap<>(Carrier.class);
            Map<SiteName, Long> bytes = new HashMap<>();
            for (ElementSum sum : elements) {
                now.element(sum.element()).filter(StorageElement::isArchival).ifPresent(element -> {
                    Carrier carrier = Carrier.of(element);
                    observed.merge(carrier, new Observed(0, sum.years()), Observed::plus);
                    ages.merge(carrier, Mean.of(sum.copies()), Mean::plus);
                    bytes.merge(element.site(), sum.bytes(), Long::sum);
                });
            }
            damage.damaged()
                    .forEach((name, count) -> now.element(name)
                            .filter(StorageElement::isArchival)
                            .ifPresent(e -> observed.merge(Carrier.of(e), new Observed(count, 0), Observed::plus)));
            Map<Carrier, Double> mean = new EnumMap<>(Carrier.class);
            ages.forEach((carrier, age) -> age.days().ifPresent(days -> mean.put(carrier, days)));
            long largest =
                    bytes.values().stream().mapToLong(Long::longValue).max().orElse(0);
            double repaired = damage.repairs() == 0 ? 0 : damage.repairDays() / damage.repairs();
            return new Measured(
                    observed,
                    mean,
                    new Measured.Repairs(damage.repairs(), repaired),
                    new Measured.Rebuild(largest, bytesPerHour));
        }
    }

    /** A mean that is still being added up. */
    private record Mean(long copies, double sum) {
        static Mean of(CopySum copies) {
            return new Mean(copies.counted(), copies.counted() * copies.proofDays());
        }

        Mean plus(Mean other) {
            return new Mean(copies + other.copies, sum + other.sum);
        }

        OptionalDouble days() {
            return copies == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / copies);
        }
    }
}
