package holdfast.server.config;

import holdfast.journal.SignedHead;
import holdfast.judgement.AgreementReport;
import holdfast.judgement.ClauseVerdict;
import holdfast.plan.ClassRule;
import holdfast.server.pages.AtRisk;
import holdfast.server.pages.ClauseData;
import holdfast.server.pages.HeadInfo;
import holdfast.server.pages.Matrix;
import holdfast.server.pages.MouData;
import holdfast.server.pages.MouSource;
import holdfast.server.pages.PageData;
import holdfast.server.pages.PageSource;
import holdfast.server.pages.view.Moment;
import holdfast.server.sql.ActTables;
import holdfast.server.sql.ClauseVerdicts;
import holdfast.server.sql.Database;
import holdfast.server.sql.Entries;
import holdfast.server.sql.Sequencer;
import holdfast.server.sql.State;
import holdfast.server.sql.Verdicts;
import holdfast.server.work.Assessor;
import holdfast.server.work.Assessor.Assessment;
import holdfast.server.work.Explainer;
import holdfast.server.work.Explainer.Explained;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.Visible;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the pages show, from one assessment. */
final class Pages implements PageSource, MouSource {
    private static final int NAMED = 50;
    private static final int GROUPS = 200;
    private static final int ALL = 1_000_000;

    private final Database database;
    private final Assessor assessor;
    private final Explainer explainer;
    private final Reads reads;
    private final ActTables acts = new ActTables();

    /** Where the pages read beyond the assessment. */
    record Reads(State state, Verdicts verdicts, Entries entries, Sequencer sequencer) {}

    Pages(Database database, Assessor assessor, Explainer explainer, Reads reads) {
        this.database = database;
        this.assessor = assessor;
        this.explainer = explainer;
        this.reads = reads;
    }

    @Override
    public PageData plan() {
        return page(assessor.assess(NAMED));
    }

    @Override
    public Optional<ClauseData> clause(ClauseId clause) {
        Assessment assessment = assessor.assess(NAMED);
        return assessment.verdicts().stream()
                .filter(v -> v.clause().id().equals(clause))
                .findFirst()
                .map(v -> new ClauseData(
                        page(assessment),
                        v,
                        next(v),
                        assessment.whole().waivers().stream()
                                .filter(w -> w.clause().equals(clause))
                                .toList()));
    }

    @Override
    public MouData agreements() {
        Assessment assessment = assessor.assess(0);
        List<AgreementReport> reports = assessment.verdicts().stream()
                .flatMap(v ->
                        AgreementReport.of(v.clause(), assessment.surroundings(), assessment.whole(), assessment.at())
                                .stream())
                .toList();
        return new MouData(page(assessment), reports);
    }

    @Override
    public List<ClauseVerdict.Failing> failing(ClauseId clause) {
        return assessor.failing(clause, Optional.empty(), ALL, Visible.EVERYTHING).stream()
                .map(Verdicts.Short::failing)
                .toList();
    }

    private PageData page(Assessment assessment) {
        return new PageData(
                assessment.inForce().plan(),
                assessment.inForce().sites(),
                assessment.verdicts(),
                database.read(ClauseVerdicts::since),
                atRisk(),
                matrix(assessment),
                alerts(assessment),
                head(assessment),
                assessment.at());
    }

    private List<String> alerts(Assessment assessment) {
        Stream<String> hold = database.read(acts::hold).stream()
                .map(h -> "Custody hold since " + Moment.words(h.since()) + ": " + h.why()
                        + "; nothing is released until two have signed");
        Stream<String> suspects = assessment.surroundings().conditions().values().stream()
                .filter(c -> c.suspectSince().isPresent())
                .map(c -> c.element() + " is under suspicion of mass damage since "
                        + Moment.words(c.suspectSince().get())
                        + "; nothing is released, and nothing there is repaired, until someone has signed")
                .sorted();
        return Stream.concat(hold, suspects).toList();
    }

    private HeadInfo head(Assessment assessment) {
        Sequencer.Tree tree = reads.sequencer.tree();
        Optional<SignedHead> head = reads.entries.head().filter(h -> h.size() == tree.size());
        return new HeadInfo(
                tree.size(),
                tree.root(),
                head.map(SignedHead::at),
                assessment.whole().journal().headOutside());
    }

    private Map<String, String> next(ClauseVerdict verdict) {
        Map<String, String> next = new HashMap<>();
        verdict.named()
                .forEach(f -> f.file()
                        .flatMap(id -> explainer.explain(id, Visible.EVERYTHING))
                        .ifPresent(e -> next.put(f.subject(), e.next())));
        return next;
    }

    private List<AtRisk> atRisk() {
        List<AtRisk> risks = new ArrayList<>();
        for (Verdicts.Alike group : database.read(c -> reads.verdicts.alike(c, GROUPS))) {
            DataId sample = group.files().named().getFirst();
            Optional<Explained> explained = explainer.explain(sample, Visible.EVERYTHING);
            String why = group.reasons().stream()
                    .map(r -> r.text())
                    .reduce((one, other) -> one + "; " + other)
                    .orElse("the plan asks for more");
            risks.add(new AtRisk(
                    danger(group, explained),
                    new AtRisk.Files(group.files().named(), group.files().count()),
                    why + ".",
                    Optional.of(group.files().since()),
                    explained.map(Explained::next).orElse("it is waited for: the register names it"),
                    group.clauses()));
        }
        return risks;
    }

    private static AtRisk.Danger danger(Verdicts.Alike group, Optional<Explained> explained) {
        boolean lost =
                explained.flatMap(e -> e.holding().file()).map(f -> f.lost()).orElse(false);
        long counting = explained.map(Explained::counting).orElse(0L);
        if (lost) {
            return AtRisk.Danger.LOST;
        }
        if (!group.breached()) {
            return AtRisk.Danger.NOT_SHOWN;
        }
        return counting == 0
                ? AtRisk.Danger.NO_PROVED_COPY
                : counting == 1 ? AtRisk.Danger.ONE_PROVED_COPY : AtRisk.Danger.LESS_THAN_ASKED;
    }

    private Matrix matrix(Assessment assessment) {
        List<State.CensusSum> census = database.read(reads.state::census);
        List<State.HeldSum> held = database.read(reads.state::held);
        long none = census.stream()
                .filter(c -> c.classId().isEmpty())
                .mapToLong(State.CensusSum::files)
                .sum();
        long lost = census.stream().mapToLong(State.CensusSum::lost).sum();
        List<Matrix.Row> rows = assessment.inForce().plan().classes().stream()
                .filter(rule -> !rule.scopes().isEmpty())
                .map(ClassRule::id)
                .map(id -> row(id, census, sites(assessment, id, held)))
                .toList();
        return new Matrix(rows, none, lost);
    }

    private static Matrix.Row row(ClassId id, List<State.CensusSum> census, Map<SiteName, Matrix.Held> sites) {
        long files = census.stream()
                .filter(c -> c.classId().equals(Optional.of(id)))
                .mapToLong(State.CensusSum::files)
                .sum();
        return new Matrix.Row(id, files, sites);
    }

    private static Map<SiteName, Matrix.Held> sites(Assessment assessment, ClassId id, List<State.HeldSum> held) {
        Map<SiteName, Matrix.Held> sites = new HashMap<>();
        held.stream()
                .filter(h -> h.classId().equals(id))
                .forEach(h -> assessment
                        .inForce()
                        .sites()
                        .element(h.storage())
                        .map(StorageElement::site)
                        .ifPresent(site -> sites.merge(
                                site,
                                new Matrix.Held(h.files(), h.counting()),
                                (a, b) -> new Matrix.Held(a.held() + b.held(), a.counting() + b.counting()))));
        return sites;
    }
}
