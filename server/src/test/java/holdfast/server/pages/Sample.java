package holdfast.server.pages;

import holdfast.journal.Hash;
import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.ClauseVerdict.Coverage;
import holdfast.judgement.ClauseVerdict.DutyVerdict;
import holdfast.judgement.ClauseVerdict.Failing;
import holdfast.judgement.ClauseVerdict.Share;
import holdfast.judgement.ClauseVerdict.Shares;
import holdfast.judgement.Reason;
import holdfast.judgement.Tally;
import holdfast.judgement.Verdict;
import holdfast.plan.Agreement;
import holdfast.plan.Basis;
import holdfast.plan.ClassRule;
import holdfast.plan.Clause;
import holdfast.plan.Duty;
import holdfast.plan.Level;
import holdfast.plan.Lifetime;
import holdfast.plan.Limits;
import holdfast.plan.Obligation;
import holdfast.plan.PlaceRule;
import holdfast.plan.Plan;
import holdfast.plan.Sites;
import holdfast.server.pages.AtRisk.Danger;
import holdfast.storage.FailureDomain;
import holdfast.storage.Medium;
import holdfast.storage.Place;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.LevelId;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Invented evaluations to render; every value in them is made up. */
final class Sample {
    static final Instant NOW = Instant.parse("2026-11-22T06:00:00Z");
    static final ClassId RAW = new ClassId("raw");
    static final Digest DIGEST = new Digest(Digest.Algorithm.SHA256, "ab".repeat(32));
    static final Hash ROOT = Hash.parse("0123456789abcdef".repeat(4));
    static final DataId FILE = DataId.parse("raw:/belle/Raw/e0026/r01970/sub00/physics.0026.01970.HLT2.f00007.root");
    static final DataId OTHER = DataId.parse("raw:/belle/Raw/e0026/r01970/sub00/physics.0026.01970.HLT2.f00008.root");

    private static final PlaceRule MOU = new PlaceRule(Set.of(), Optional.of("mou-raw"), Set.of(new SiteName("KEK")));
    private static final PlaceRule AT_KEK = new PlaceRule(Set.of(new SiteName("KEK")), Optional.empty(), Set.of());

    private Sample() {}

    // ---- plan and sites

    static Clause clause(String id, String section, int level, String says, Obligation... must) {
        return new Clause(
                new ClauseId(id),
                section,
                says,
                "the collaboration",
                level == 0 ? Optional.empty() : Optional.of(new LevelId(level)),
                level == 4 && must.length > 0 && !(must[0] instanceof Obligation.Unmeasured) ? Set.of(RAW) : Set.of(),
                must.length == 0 ? Clause.Standing.STATEMENT : Clause.Standing.DUTY,
                List.of(must).stream()
                        .map(o -> new Duty(o, Basis.PLAN, Optional.empty()))
                        .toList(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                true);
    }

    static Clause union() {
        Clause plain = clause(
                "P-26",
                "2.4.1",
                4,
                "Another complete replica is kept at one or more sites, as the computing MOU agrees.",
                new Obligation.CoveredBy(MOU));
        return new Clause(
                plain.id(),
                plain.section(),
                plain.says(),
                plain.binds(),
                plain.level(),
                plain.about(),
                plain.standing(),
                List.of(new Duty(new Obligation.CoveredBy(MOU), Basis.READING, Optional.of("A-1"))),
                List.of(new Duty(new Obligation.FollowShares("mou-raw", 10), Basis.OUR_SETTING, Optional.empty())),
                Optional.empty(),
                Optional.empty(),
                true);
    }

    static List<Clause> clauses() {
        Duration week = Duration.ofDays(7);
        return List.of(
                clause(
                        "P-1",
                        "1",
                        0,
                        "Data are reliably maintained; every managed thing has an owner, a level and a policy.",
                        new Obligation.CheckedEvery(Duration.ofDays(90), Duration.ofDays(730))),
                clause(
                        "P-2",
                        "1",
                        0,
                        "Data are in a form that members can reach and open.",
                        new Obligation.Opened("root")),
                clause("P-3", "2", 0, "Derived products are stored and catalogued.", new Obligation.Catalogued(week)),
                clause("P-4", "footnote 1", 0, "Physics data hold no personal data."),
                clause(
                        "P-6",
                        "2",
                        0,
                        "All raw data from collisions are preserved while the collaboration is active.",
                        new Obligation.RegisteredInFull(Duration.ofHours(24)),
                        new Obligation.KeptUntil("active-collaboration")),
                clause("P-7", "2", 0, "Access is decided level by level.", new Obligation.OneLevel()),
                clause(
                        "P-9",
                        "2.1",
                        1,
                        "What is needed to do and review an analysis is kept.",
                        new Obligation.Unmeasured("linked-to", "relations from each result to its data")),
                clause(
                        "P-22",
                        "2.4.1",
                        4,
                        "The two copies of raw data do not share a hazard.",
                        new Obligation.IndependentCopies(2, Set.of(FailureDomain.SITE, FailureDomain.HAZARD_ZONE))),
                clause(
                        "P-23",
                        "2.4.1",
                        4,
                        "At least two replicas of raw data are kept.",
                        new Obligation.CopiesAtLeast(2)),
                clause(
                        "P-24",
                        "2.4.1",
                        4,
                        "The replicas are on accessible archival media.",
                        new Obligation.Accessible(2, Optional.of(Duration.ofDays(92)))),
                clause(
                        "P-25",
                        "2.4.1",
                        4,
                        "One complete replica of all raw data is kept at KEK.",
                        new Obligation.CompleteAt(AT_KEK)),
                union(),
                clause(
                        "P-33",
                        "2.6",
                        6,
                        "Software is publicly accessible.",
                        new Obligation.Unmeasured("mirrored-from", "an anonymous clone each day")),
                clause(
                        "D-2",
                        "-",
                        0,
                        "What was done is recorded and cannot be taken back unseen.",
                        new Obligation.EvidenceKept(Duration.ofDays(1), Duration.ofHours(1))));
    }

    static Plan plan() {
        Map<LevelId, Level> levels = new HashMap<>();
        level(levels, 1, "Published results");
        level(levels, 4, "Unpublished detector data");
        level(levels, 6, "Software");
        return new Plan(
                "belle2",
                "Belle II Data Management Plan",
                "2026-11",
                DIGEST,
                Map.of(
                        "active-collaboration",
                        new Lifetime("active-collaboration", "executive-board", Optional.empty())),
                levels,
                List.of(rule("raw"), rule("derived")),
                clauses().stream().collect(Collectors.toMap(Clause::id, c -> c)),
                Limits.DEFAULTS);
    }

    private static ClassRule rule(String name) {
        return new ClassRule(
                new ClassId(name),
                new LevelId(4),
                List.of(name),
                Optional.empty(),
                Map.of(),
                false,
                name.equals("raw"));
    }

    private static void level(Map<LevelId, Level> levels, int number, String name) {
        levels.put(
                new LevelId(number),
                new Level(new LevelId(number), name, Level.Audience.MEMBERS, false, Set.of(), Optional.empty()));
    }

    static Sites sites() {
        Map<SiteName, Double> agreed = new HashMap<>();
        Map<StorageName, StorageElement> elements = new HashMap<>();
        element(elements, "KEK");
        for (String[] s : new String[][] {
            {"BNL", "30"}, {"CNAF", "20"}, {"IN2P3-CC", "15"}, {"UVic", "15"}, {"DESY", "10"}, {"KIT", "10"}
        }) {
            element(elements, s[0]);
            agreed.put(new SiteName(s[0]), Double.parseDouble(s[1]));
        }
        Agreement.Period period = new Agreement.Period(
                LocalDate.of(2026, 1, 1),
                Optional.empty(),
                agreed,
                Optional.empty(),
                false,
                new Actor("data-management-group"),
                LocalDate.of(2026, 8, 14));
        return new Sites(
                elements,
                Map.of("mou-raw", new Agreement("mou-raw", List.of(period))),
                new StorageName("KEK-TAPE"),
                "Asia/Tokyo",
                "KEK",
                DIGEST);
    }

    private static void element(Map<StorageName, StorageElement> elements, String site) {
        StorageName name = new StorageName(site + "-TAPE");
        elements.put(
                name,
                new StorageElement(
                        name,
                        new SiteName(site),
                        new Place(Optional.empty(), Optional.empty(), Optional.empty()),
                        Optional.of(Medium.TAPE),
                        StorageElement.Use.IN_USE,
                        Optional.empty(),
                        new StorageElement.DriverChoice("tape", Map.of())));
    }

    // ---- verdicts

    static ClauseVerdict verdict(Clause clause, Verdict word, long subjects, long failing, long open, String... why) {
        Optional<Instant> proof = word == Verdict.UNDETERMINED && open == 0 ? Optional.empty() : proof(clause);
        Tally tally = new Tally(
                subjects, failing, open, 0, Optional.empty(), proof, NOW.plus(Duration.ofDays(9)), Optional.empty());
        List<Reason> reasons = List.of(why).stream()
                .map(w -> new Reason(Reason.Code.NOT_MEASURED, Optional.empty(), w))
                .toList();
        boolean duty = clause.standing() == Clause.Standing.DUTY;
        return new ClauseVerdict(
                clause,
                duty ? Optional.of(word) : Optional.empty(),
                clause.must().stream()
                        .map(d -> new DutyVerdict(d, word, tally, List.of()))
                        .toList(),
                subjects,
                0,
                Optional.empty(),
                failing,
                open,
                List.of(),
                0,
                Optional.empty(),
                Optional.empty(),
                duty ? proof : Optional.empty(),
                NOW.plus(Duration.ofDays(9)),
                Optional.empty(),
                reasons);
    }

    private static Optional<Instant> proof(Clause clause) {
        return switch (clause.id().name()) {
            case "P-3" -> Optional.of(NOW.minus(Duration.ofDays(4)));
            case "P-6", "D-2" -> Optional.of(NOW.minus(Duration.ofMinutes(50)));
            case "P-7" -> Optional.empty();
            case "P-24" -> Optional.of(NOW.minus(Duration.ofDays(103)));
            default -> Optional.of(NOW.minus(Duration.ofDays(61)));
        };
    }

    static Clause clause(String id) {
        return clauses().stream()
                .filter(c -> c.id().name().equals(id))
                .findFirst()
                .orElseThrow();
    }

    static ClauseVerdict met(String id) {
        return verdict(clause(id), Verdict.MET, 3_184_502, 0, 0);
    }

    static ClauseVerdict statement(String id) {
        return verdict(clause(id), Verdict.MET, 0, 0, 0);
    }

    static ClauseVerdict breached(String id, long failing, String why) {
        return verdict(clause(id), Verdict.BREACHED, 3_184_502, failing, 0, why);
    }

    static ClauseVerdict unknown(String id, long subjects, long open, String... why) {
        return verdict(clause(id), Verdict.UNDETERMINED, subjects, 0, open, why);
    }

    static ClauseVerdict arriving(ClauseVerdict v, long files) {
        return new ClauseVerdict(
                v.clause(),
                v.verdict(),
                v.duties(),
                v.subjects(),
                files,
                Optional.of(NOW.minus(Duration.ofHours(5))),
                v.failing(),
                v.undetermined(),
                v.named(),
                v.waived(),
                v.coverage(),
                v.shares(),
                v.oldestProof(),
                v.validUntil(),
                v.silentSince(),
                v.reasons());
    }

    static ClauseVerdict union(ClauseVerdict v, Coverage coverage, Shares.State state, List<Failing> named) {
        List<Share> shares = List.of(
                share("BNL", 31.2, 30, true),
                share("CNAF", 18.7, 20, true),
                share("IN2P3-CC", 15.6, 15, true),
                share("UVic", 13.1, 15, state != Shares.State.OFF),
                share("DESY", 10.8, 10, true),
                share("KIT", 10.6, 10, true));
        return new ClauseVerdict(
                v.clause(),
                v.verdict(),
                v.duties(),
                v.subjects(),
                v.arriving(),
                v.oldestArriving(),
                v.failing(),
                v.undetermined(),
                named,
                1,
                Optional.of(coverage),
                Optional.of(new Shares(
                        state,
                        shares,
                        "period from 2021-10-01: OFF, entered by holdfast-project on 2026-11-22, not confirmed")),
                v.oldestProof(),
                v.validUntil(),
                Optional.of(NOW.minus(Duration.ofHours(11))),
                v.reasons());
    }

    private static Share share(String site, double held, double agreed, boolean within) {
        return new Share(new SiteName(site), held, agreed, within);
    }

    static Failing failing(DataId file, String why) {
        return new Failing(
                file.toString(),
                Optional.of(file),
                Verdict.BREACHED,
                List.of(new Reason(Reason.Code.NO_COPY, Optional.empty(), why)));
    }

    // ---- pages

    static PageData page(List<ClauseVerdict> verdicts, List<AtRisk> risks, Matrix matrix) {
        return new PageData(
                plan(),
                sites(),
                verdicts,
                Map.of(new ClauseId("P-26"), Instant.parse("2026-11-20T03:12:00Z")),
                risks,
                matrix,
                new HeadInfo(
                        48_211_907,
                        ROOT,
                        Optional.of(Instant.parse("2026-11-22T05:58:00Z")),
                        Optional.of(Instant.parse("2026-11-22T05:00:00Z"))),
                NOW);
    }

    static Matrix files(long lost) {
        Map<SiteName, Matrix.Held> raw = new HashMap<>();
        raw.put(new SiteName("KEK"), new Matrix.Held(3_184_502, 3_184_502));
        raw.put(new SiteName("BNL"), new Matrix.Held(993_564, 993_564));
        raw.put(new SiteName("UVic"), new Matrix.Held(417_169, 417_161));
        return new Matrix(
                List.of(
                        new Matrix.Row(RAW, 3_184_502, raw),
                        new Matrix.Row(
                                new ClassId("derived"),
                                61_000_000,
                                Map.of(new SiteName("DESY"), new Matrix.Held(12, 12)))),
                0,
                lost);
    }

    static Matrix nothing() {
        return new Matrix(
                List.of(new Matrix.Row(RAW, 0, Map.of()), new Matrix.Row(new ClassId("derived"), 0, Map.of())), 0, 0);
    }

    static AtRisk oneCopy() {
        return new AtRisk(
                Danger.ONE_PROVED_COPY,
                new AtRisk.Files(List.of(FILE, OTHER), 3),
                "One copy, at KEK. No MOU copy ever arrived.",
                Optional.of(Instant.parse("2026-11-20T03:12:00Z")),
                "Waits for UVic tape, in downtime until 2026-11-23 18:00 UTC",
                List.of(new ClauseId("P-26"), new ClauseId("P-23")));
    }

    static AtRisk lateDrill() {
        return new AtRisk(
                Danger.NOT_SHOWN,
                new AtRisk.Thing("UVic-TAPE, 417,169 raw copies"),
                "No recall drill for 103 d (setting: 92 d). Copies are there; that they can be read back in time is not"
                        + " proved.",
                Optional.of(Instant.parse("2026-08-11T00:00:00Z")),
                "Drill of 40 files after the downtime",
                List.of(new ClauseId("P-24")));
    }

    /** All that can stand on the pages at once. */
    static PageData full() {
        String none = "3 files have no proved copy at any MOU site";
        List<ClauseVerdict> v = new ArrayList<>();
        v.add(met("P-1"));
        v.add(unknown("P-2", 7, 3, "3 of 7 sites have no recall-and-open sample: IN2P3-CC, UVic, KIT"));
        v.add(verdict(clause("P-3"), Verdict.BREACHED, 31, 1, 0, "214 files at CNAF-DATA-SE are not in the catalogue"));
        v.add(statement("P-4"));
        v.add(met("P-6"));
        v.add(met("P-7"));
        v.add(unknown("P-9", 0, 0, "not measured yet; relations from each result to its data would measure it"));
        v.add(met("P-22"));
        v.add(arriving(breached("P-23", 3, "3 files stand on one proved archival copy"), 12));
        v.add(unknown("P-24", 3_184_502, 417_169, "UVic-TAPE: no recall drill since 2026-08-11"));
        v.add(met("P-25"));
        v.add(union(
                breached("P-26", 3, none),
                new Coverage(3_184_499, 3_184_502),
                Shares.State.OFF,
                List.of(
                        failing(FILE, "The copy ordered to UVic has not arrived"),
                        failing(OTHER, "CNAF-TAPE: corrupt"))));
        v.add(unknown("P-33", 0, 0, "not measured yet; an anonymous clone each day would measure it"));
        v.add(met("D-2"));
        return page(v, List.of(lateDrill(), oneCopy()), files(0));
    }

    static ClauseData unionPage() {
        PageData page = full();
        return new ClauseData(
                page,
                page.verdict(new ClauseId("P-26")).orElseThrow(),
                Map.of(FILE.toString(), "Waits: UVic-TAPE in downtime until 2026-11-23 18:00 UTC; then attempt 3"),
                List.of());
    }
}
