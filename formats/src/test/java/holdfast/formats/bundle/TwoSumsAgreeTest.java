package holdfast.formats.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow;
import holdfast.custody.Attended;
import holdfast.custody.Attended.DutyKey;
import holdfast.custody.Commitments;
import holdfast.custody.Custodian;
import holdfast.evidence.Assessment;
import holdfast.formats.PlanFile;
import holdfast.formats.SitesFile;
import holdfast.ingest.Register;
import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.ClauseVerdict.Failing;
import holdfast.judgement.Holding;
import holdfast.judgement.Surroundings;
import holdfast.judgement.Tally;
import holdfast.judgement.Whole;
import holdfast.placement.LoadView;
import holdfast.plan.Attributes;
import holdfast.plan.ClassRule;
import holdfast.plan.Clause;
import holdfast.plan.Plan;
import holdfast.plan.Sites;
import holdfast.storage.Locator;
import holdfast.storage.ProofKind;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What custody adds up batch by batch, and what evidence adds up in one pass over everything, are the same. */
class TwoSumsAgreeTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static final int HOLDINGS = 3_000;

    private final Random random = new Random(4);

    @ParameterizedTest
    @ValueSource(strings = {"belle2", "small-lab"})
    void everyTallyAndEveryFailingNameIsTheSame(String name) throws IOException {
        Sites sites = SitesFile.read(text(name + "-sites.yaml"), "sites.yaml").orThrow();
        Plan plan = PlanFile.read(text(name + ".yaml"), "plan.yaml", sites).orThrow();
        Surroundings surroundings = new Surroundings(plan, sites, Map.of());
        List<Holding> holdings = new ArrayList<>();
        for (int i = 0; i < HOLDINGS; i++) {
            holdings.add(holding(i, plan, List.copyOf(sites.elements().keySet())));
        }
        Whole.JournalState journal = new Whole.JournalState(Optional.empty(), false, Optional.empty());
        Whole whole = new Whole(Optional.empty(), journal, List.of(), Optional.empty(), Map.of());
        List<ClauseVerdict> verdicts = Assessment.of(holdings.stream(), surroundings, whole, NOW);
        Attended attended = Custodian.attend(holdings, Commitments.NONE, surroundings, LoadView.NONE, NOW);
        int compared = 0;
        for (ClauseVerdict verdict : verdicts) {
            Clause clause = verdict.clause();
            Tally worst = attended.tallies().getOrDefault(new DutyKey(clause.id(), DutyKey.WHOLE), Tally.NONE);
            if (worst.subjects() == 0) {
                continue;
            }
            compared++;
            for (int duty = 0; duty < clause.must().size(); duty++) {
                Tally sum = attended.tallies().get(new DutyKey(clause.id(), duty));
                if (sum != null) {
                    assertThat(verdict.duties().get(duty).tally().breached()).isEqualTo(sum.breached());
                    assertThat(verdict.duties().get(duty).tally().subjects()).isEqualTo(sum.subjects());
                    assertThat(verdict.duties().get(duty).tally().undetermined())
                            .isEqualTo(sum.undetermined());
                }
            }
            List<Failing> files =
                    verdict.named().stream().filter(f -> f.file().isPresent()).toList();
            assertThat(files)
                    .as(clause.id().name())
                    .containsExactlyElementsOf(attended.shortfalls().stream()
                            .filter(s -> s.clause().equals(clause.id()))
                            .filter(s -> s.answer().fallsShort())
                            .map(s -> new Failing(
                                    s.file().toString(),
                                    Optional.of(s.file()),
                                    s.answer().verdict(),
                                    s.answer().reasons()))
                            .toList());
            assertThat(verdict.oldestProof()).isEqualTo(worst.oldestProof());
            assertThat(verdict.oldestArriving()).isEqualTo(worst.oldestArriving());
        }
        assertThat(compared).isGreaterThan(3);
    }

    private Holding holding(int number, Plan plan, List<StorageName> elements) {
        List<ClassRule> classes =
                plan.classes().stream().filter(c -> !c.scopes().isEmpty()).toList();
        ClassRule rule = classes.get(random.nextInt(classes.size()));
        DataId id = new DataId(new Scope("s" + number % 3), "/d" + number % 7 + "/f" + number);
        Optional<FileRow> file = random.nextInt(10) == 0 ? Optional.empty() : Optional.of(file(id, rule));
        Optional<Holding.ExpectedFile> expected = file.isPresent() && random.nextBoolean()
                ? Optional.empty()
                : Optional.of(new Holding.ExpectedFile(
                        new Register.Expected(id, Optional.empty(), Optional.empty()),
                        new Register.RunKey("1", "2"),
                        "physics",
                        random.nextBoolean() ? Optional.of(ago(5)) : Optional.empty()));
        List<CopyRow> copies = file.isEmpty()
                ? List.of()
                : elements.stream()
                        .filter(e -> random.nextInt(3) > 0)
                        .map(e -> copy(id, e))
                        .toList();
        return new Holding(id, file, expected, copies);
    }

    private FileRow file(DataId id, ClassRule rule) {
        return new FileRow(
                id,
                new ByteSize(random.nextInt(10_000)),
                Digests.NONE,
                FileRow.DigestOrigin.SOURCE,
                random.nextInt(20) == 0
                        ? Optional.empty()
                        : Optional.of(new FileRow.Belonging(rule.id(), rule.level())),
                new Attributes(Map.of(Attributes.RUN_DATE, "2026-0" + (1 + random.nextInt(9)) + "-01")),
                ago(random.nextInt(20)),
                new FileRow.Source("daq", FileRow.SourceState.HELD),
                random.nextBoolean(),
                random.nextInt(50) == 0);
    }

    private CopyRow copy(DataId id, StorageName element) {
        CopyState state = CopyState.values()[random.nextInt(CopyState.values().length)];
        Optional<CopyRow.Proof> proof = random.nextInt(4) == 0
                ? Optional.empty()
                : Optional.of(new CopyRow.Proof(ago(random.nextInt(800)), ProofKind.MEDIUM, true));
        return new CopyRow(
                id,
                element,
                random.nextInt(4) > 0 ? CopyState.PROVED : state,
                new StoragePath("p"),
                0,
                Optional.of(new Locator("T1:1")),
                ago(900),
                proof,
                ago(3),
                Optional.empty());
    }

    private static Instant ago(int days) {
        return NOW.minus(Duration.ofDays(days));
    }

    private static String text(String file) throws IOException {
        return Files.readString(Path.of("..", "plans", file));
    }
}
