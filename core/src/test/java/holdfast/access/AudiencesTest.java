package holdfast.access;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.access.Audiences.Wish;
import holdfast.plan.ClassRule;
import holdfast.plan.Clause;
import holdfast.plan.Duty;
import holdfast.plan.Level;
import holdfast.plan.Level.Audience;
import holdfast.plan.Limits;
import holdfast.plan.Obligation;
import holdfast.plan.Plan;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.LevelId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.Visible;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudiencesTest {
    private static final Viewer OUTSIDER = new Viewer.Outsider();
    private static final Viewer MEMBER = new Viewer.Member(Set.of());
    private static final Viewer PRODUCTION = new Viewer.Member(Set.of("production"));
    private static final Viewer CUSTODIAN = new Viewer.Custodian();

    /** Level 2 is public, 3 is for members, 4 hides that anything exists and is written by production. */
    private static final Plan PLAN = plan(
            List.of(
                    rule("outreach", 2, "outreach", Map.of()),
                    rule("logbook", 3, "logbook", Map.of()),
                    rule("excluded", 4, "raw", Map.of("run", Set.of("cosmic"))),
                    rule("raw", 4, "raw", Map.of()),
                    rule("part", 2, "mixed", Map.of("kind", Set.of("shown"))),
                    rule("rest", 4, "mixed", Map.of()),
                    rule("some", 2, "gaps", Map.of("kind", Set.of("shown"))),
                    rule("user", 4, "user.*", Map.of())),
            clause("P-21", Set.of("raw", "user"), new Obligation.OpenTo(Audience.MEMBERS, Obligation.OpenTo.DAILY)));

    @ParameterizedTest
    @CsvSource({
        // scope, known to an outsider, read by one, known to a member, written by one, written by production
        "outreach,  true,  true,  true,  true,  true",
        "logbook,   true,  false, true,  true,  true",
        "raw,       false, false, true,  false, true",
        "user.anna, false, false, true,  false, true",
        "mixed,     false, false, true,  false, true",
        "gaps,      false, false, false, false, false",
        "elsewhere, false, false, false, false, false"
    })
    void levelsDecide(String name, boolean known, boolean read, boolean toMember, boolean written, boolean produced) {
        Scope scope = new Scope(name);
        Audiences audiences = new Audiences(PLAN);
        assertThat(audiences.decide(OUTSIDER, Wish.KNOW, scope).allowed()).isEqualTo(known);
        assertThat(audiences.decide(OUTSIDER, Wish.READ, scope).allowed()).isEqualTo(read);
        assertThat(audiences.decide(OUTSIDER, Wish.WRITE, scope).allowed()).isFalse();
        assertThat(audiences.decide(MEMBER, Wish.KNOW, scope).allowed()).isEqualTo(toMember);
        assertThat(audiences.decide(MEMBER, Wish.READ, scope).allowed()).isEqualTo(toMember);
        assertThat(audiences.decide(MEMBER, Wish.WRITE, scope).allowed()).isEqualTo(written);
        assertThat(audiences.decide(PRODUCTION, Wish.WRITE, scope).allowed()).isEqualTo(produced);
        for (Wish wish : Wish.values()) {
            assertThat(audiences.decide(CUSTODIAN, wish, scope).allowed()).isTrue();
        }
        assertThat(audiences.visible(OUTSIDER).allows(scope)).isEqualTo(known);
        assertThat(audiences.visible(MEMBER).allows(scope)).isEqualTo(toMember);
    }

    @ParameterizedTest
    @CsvSource({
        // holder, held, whether the one may hold the other
        "outreach,  outreach,  true",
        "outreach,  logbook,   true",
        "outreach,  raw,       false",
        "outreach,  gaps,      false",
        "raw,       outreach,  true",
        "raw,       user.anna, true",
        "raw,       elsewhere, false",
        "elsewhere, raw,       true",
        "elsewhere, gaps,      true"
    })
    void nothingHoldsWhatFewerMayKnowOf(String holder, String held, boolean may) {
        assertThat(new Audiences(PLAN).mayHold(new Scope(holder), new Scope(held)))
                .isEqualTo(may);
    }

    @Test
    void onlyTheCustodianSeesTheWhole() {
        assertThat(new Audiences(PLAN).visible(CUSTODIAN)).isEqualTo(Visible.EVERYTHING);
        assertThat(new Audiences(PLAN).visible(MEMBER).isWhole()).isFalse();
    }

    @Test
    void membersSeeTheWholeWhereTheLastClassTakesEveryScope() {
        List<ClassRule> classes = List.of(rule("raw", 4, "raw", Map.of()), rule("rest", 4, "*", Map.of()));
        Plan whole = plan(classes, clause("P-21", Set.of("raw"), new Obligation.OneLevel()));
        assertThat(new Audiences(whole).visible(MEMBER).isWhole()).isTrue();
        assertThat(new Audiences(whole).visible(OUTSIDER).isWhole()).isFalse();
        List<ClassRule> some = List.of(rule("rest", 4, "*", Map.of("kind", Set.of("shown"))));
        Plan gaps = plan(some, clause("P-21", Set.of("rest"), new Obligation.OneLevel()));
        assertThat(new Audiences(gaps).visible(MEMBER).isWhole()).isFalse();
    }

    @Test
    void anAnswerNamesTheClauseThatSpeaksOfTheClass() {
        Audiences audiences = new Audiences(PLAN);
        assertThat(audiences.decide(OUTSIDER, Wish.KNOW, new Scope("raw")).clause())
                .isEmpty();
        assertThat(audiences.decide(OUTSIDER, Wish.KNOW, new Scope("user.anna")).clause())
                .contains(new ClauseId("P-21"));
        assertThat(audiences.decide(MEMBER, Wish.WRITE, new Scope("user.anna")).why())
                .isEqualTo("level 4, level 4, is written by production");
    }

    @Test
    void whatHasNoLevelIsDeniedByTheClauseThatAsksForOne() {
        Plan plan = plan(PLAN.classes(), clause("P-7", Set.of("raw"), new Obligation.OneLevel()));
        Decision decision = new Audiences(plan).decide(MEMBER, Wish.KNOW, new Scope("gaps"));
        assertThat(decision.allowed()).isFalse();
        assertThat(decision.clause()).contains(new ClauseId("P-7"));
        assertThat(decision.why()).isEqualTo("not every object of scope gaps has a level, and none is open");
    }

    @Test
    void aScopeIsEnteredByActsAloneWhereOneOfItsLevelsSaysSo() {
        Map<LevelId, Level> levels = new java.util.TreeMap<>(PLAN.levels());
        levels.put(
                new LevelId(2),
                new Level(
                        new LevelId(2), "Shown", Audience.PUBLIC, false, Set.of(), Level.Entry.ACT, Optional.empty()));
        Plan plan = new Plan(
                PLAN.id(),
                PLAN.title(),
                PLAN.version(),
                PLAN.digest(),
                PLAN.lifetimes(),
                levels,
                List.of(
                        ofScope("open", 2, List.of("open")),
                        ofScope("raw", 4, List.of("raw", "open")),
                        ofScope("rest", 2, List.of("*"))),
                PLAN.clauses(),
                Limits.DEFAULTS);
        Audiences audiences = new Audiences(plan);
        assertThat(audiences.entryOnlyByAct(new Scope("open")).orElseThrow())
                .contains("scope open", "level 2, Shown", "holdfast publish");
        assertThat(audiences.entryOnlyByAct(new Scope("raw"))).isEmpty();
        assertThat(audiences.entryOnlyByAct(new Scope("other"))).isPresent();
        assertThat(new Audiences(PLAN).entryOnlyByAct(new Scope("open"))).isEmpty();
    }

    private static ClassRule ofScope(String id, int level, List<String> scopes) {
        return new ClassRule(new ClassId(id), new LevelId(level), scopes, Optional.empty(), Map.of(), false, false);
    }

    private static Plan plan(List<ClassRule> classes, Clause clause) {
        return new Plan(
                "test",
                "A plan",
                "1",
                Digest.sha256("plan".getBytes(StandardCharsets.UTF_8)),
                Map.of(),
                Map.of(
                        new LevelId(2), level(2, Audience.PUBLIC, false, Set.of()),
                        new LevelId(3), level(3, Audience.MEMBERS, false, Set.of()),
                        new LevelId(4), level(4, Audience.MEMBERS, true, Set.of("production"))),
                classes,
                Map.of(clause.id(), clause),
                Limits.DEFAULTS);
    }

    private static Level level(int number, Audience audience, boolean hides, Set<String> writers) {
        return new Level(new LevelId(number), "level " + number, audience, hides, writers, Optional.empty());
    }

    private static ClassRule rule(String id, int level, String scope, Map<String, Set<String>> where) {
        return new ClassRule(
                new ClassId(id), new LevelId(level), List.of(scope), Optional.empty(), where, false, false);
    }

    private static Clause clause(String id, Set<String> about, Obligation obligation) {
        return new Clause(
                new ClauseId(id),
                "1",
                "Members alone.",
                "us",
                Optional.empty(),
                about.stream().map(ClassId::new).collect(java.util.stream.Collectors.toUnmodifiableSet()),
                Clause.Standing.DUTY,
                List.of(new Duty(obligation, holdfast.plan.Basis.PLAN, Optional.empty())),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                true);
    }
}
