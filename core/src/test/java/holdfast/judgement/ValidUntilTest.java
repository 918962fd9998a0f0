package holdfast.judgement;

import static holdfast.judgement.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.judgement.Whole.JournalState;
import holdfast.judgement.Whole.RegisterState;
import holdfast.plan.Agreement;
import holdfast.plan.Basis;
import holdfast.plan.Clause;
import holdfast.plan.Clause.Standing;
import holdfast.plan.Duty;
import holdfast.plan.Level.Audience;
import holdfast.plan.MemberSource;
import holdfast.plan.Obligation;
import holdfast.plan.Waiver;
import holdfast.storage.Condition.Listing;
import holdfast.storage.DoorProbe.OpenDoor;
import holdfast.storage.Visitor;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StoragePath;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * An answer is the same, to the last word, at every moment before its valid-until: so whoever keeps it until then keeps
 * what a fresh look would say. Tried on thousands of seeded holdings and on whole clauses with all that stands beside files.
 */
class ValidUntilTest {
    private static final int HOLDINGS = 1_500;
    private static final int WORLDS = 500;
    private static final Duration FOR_EVER = Duration.ofDays(4_000);
    private static final List<Obligation> ABOUT_FILES =
            List.of(P_23, P_25, P_26, P_22, P_24, P_2, P_1, P_6, P_7, new Obligation.KeptUntil("active-collaboration"));

    @Test
    void anAnswerIsTheSameUntilThen() {
        for (int seed = 0; seed < HOLDINGS; seed++) {
            Random random = new Random(seed);
            Scene scene = RandomHoldingsTest.scene(random);
            if (random.nextInt(4) == 0) {
                scene.proved(KEK_TAPE, 10).drills(KEK_TAPE, -random.nextDouble() / 100, 0, Optional.of(4));
            }
            for (Obligation duty : ABOUT_FILES) {
                // Not from today alone: an answer taken at any moment must hold.
                Instant from = NOW.plusSeconds(random.nextInt(3) * random.nextInt(100 * 86_400));
                Answer answer = scene.judge(duty, from);
                assertThat(answer.validUntil()).isAfter(from);
                for (Instant moment : moments(from, answer.validUntil(), random)) {
                    assertThat(scene.judge(duty, moment))
                            .as("seed %d, %s at %s", seed, duty, moment)
                            .isEqualTo(answer);
                }
            }
        }
    }

    @Test
    void theWorstOfSeveralAnswersIsTheSameUntilThen() {
        for (int seed = 0; seed < HOLDINGS; seed++) {
            Random random = new Random(seed);
            Scene scene = RandomHoldingsTest.scene(random);
            Answer worst = worst(scene, NOW);
            for (Instant moment : moments(NOW, worst.validUntil(), random)) {
                assertThat(worst(scene, moment))
                        .as("seed %d at %s", seed, moment)
                        .isEqualTo(worst);
            }
        }
    }

    @Test
    void aClauseIsTheSameUntilThen() {
        for (int seed = 0; seed < WORLDS; seed++) {
            Random random = new Random(seed);
            Scene scene = RandomHoldingsTest.scene(random);
            listings(scene, random);
            doors(scene, random);
            scene.agreement(new Agreement(
                    MOU,
                    List.of(
                            period("2026-01-01", Optional.of("2026-12-24"), Map.of(BNL, 50.0, DESY, 30.0, KIT, 20.0)),
                            period("2026-12-24", Optional.empty(), Map.of(BNL, 20.0, DESY, 40.0, KIT, 40.0)))));
            List<Clause> clauses = clauses();
            clauses.forEach(scene::clause);
            Whole whole = whole(random);
            for (Clause clause : clauses) {
                ClauseVerdict verdict = judge(scene, clause, whole, NOW);
                for (Instant moment : moments(NOW, verdict.validUntil(), random)) {
                    assertThat(judge(scene, clause, whole, moment))
                            .as("seed %d, %s at %s", seed, clause.id(), moment)
                            .isEqualTo(verdict);
                }
            }
        }
    }

    /** Moments from one to another: just after the first, just before the last, and some between. */
    private static List<Instant> moments(Instant from, Instant until, Random random) {
        Duration span = until.equals(Instant.MAX) ? FOR_EVER : Duration.between(from, until);
        List<Instant> moments =
                new ArrayList<>(List.of(from.plusNanos(1), from.plus(span).minusNanos(1)));
        for (int i = 0; i < 4; i++) {
            // Half of them soon: most limits are days away where the last is years away.
            double part = i < 2 ? random.nextDouble() : Math.pow(random.nextDouble(), 6);
            moments.add(from.plusNanos((long) (span.toNanos() * part)));
        }
        return moments;
    }

    private static Answer worst(Scene scene, Instant moment) {
        return Judge.worst(List.of(scene.judge(P_22, moment), scene.judge(P_24, moment), scene.judge(P_1, moment)));
    }

    private static ClauseVerdict judge(Scene scene, Clause clause, Whole whole, Instant moment) {
        Map<Duty, Tally> tallies = new HashMap<>();
        List<Answer> answers = new ArrayList<>();
        for (Duty duty : clause.must()) {
            if (Judge.isSubject(duty.obligation(), scene.holding())) {
                Answer answer = scene.judge(duty.obligation(), moment);
                answers.add(answer);
                tallies.merge(duty, Tally.of(answer, LONG_AGO), Tally::plus);
                tallies.merge(duty, Tally.of(answer, LONG_AGO), Tally::plus);
            }
        }
        Tally worst = answers.isEmpty() ? Tally.NONE : Tally.of(Judge.worst(answers), LONG_AGO);
        Subjects subjects = new Subjects(tallies, worst, List.of(), Set.of(ID));
        return Judge.judgeWhole(clause, subjects, scene.surroundings(), whole, moment);
    }

    private static List<Clause> clauses() {
        return List.of(
                clause("P-26", Set.of(RAW), P_26, P_23),
                clause("P-6", Set.of(RAW), P_6),
                clause("P-3", Set.of(), new Obligation.Catalogued(Duration.ofDays(7))),
                clause("P-21", Set.of(RAW), new Obligation.OpenTo(Audience.MEMBERS, Duration.ofHours(24))),
                clause("D-2", Set.of(), new Obligation.EvidenceKept(Duration.ofHours(2), Duration.ofHours(1))),
                clause("D-4", Set.of(), new Obligation.WaiversBounded(Duration.ofDays(60))));
    }

    private static Clause clause(String id, Set<ClassId> about, Obligation... must) {
        return new Clause(
                new ClauseId(id),
                "2.4.1",
                "Something is kept.",
                "collaboration",
                Optional.of(LEVEL),
                about,
                Standing.DUTY,
                List.of(must).stream()
                        .map(duty -> new Duty(duty, Basis.PLAN, Optional.empty()))
                        .toList(),
                List.of(new Duty(new Obligation.FollowShares(MOU, 10), Basis.PLAN, Optional.empty())),
                Optional.empty(),
                Optional.empty(),
                true);
    }

    private static void listings(Scene scene, Random random) {
        for (var element : List.of(KEK_TAPE, KEK_DISK, BNL_TAPE, DESY_DISK, KIT_DISK, LAB_DISK, KEK_CACHE)) {
            scene.listed(element, new Listing(days(random.nextDouble() * 8 - 7.9), 10, 0, 0, 0));
        }
    }

    private static void doors(Scene scene, Random random) {
        scene.members(MemberSource.EXPORT, Optional.of(Scene.days(random.nextDouble() * 1.3 - 1.1)));
        OpenDoor open = new OpenDoor(Visitor.STRANGER, new StoragePath("raw/file.root"), LONG_AGO, "HEAD answered 200");
        for (var element : List.of(KEK_TAPE, KEK_DISK, BNL_TAPE, DESY_DISK, KIT_DISK, LAB_DISK, KEK_CACHE)) {
            if (random.nextInt(20) > 0) {
                Optional<String> unknown = random.nextInt(20) == 0 ? Optional.of("nobody answered") : Optional.empty();
                List<OpenDoor> doors = random.nextInt(20) == 0 ? List.of(open) : List.of();
                scene.door(element, random.nextDouble() * 1.3 - 0.2, random.nextInt(4), unknown, doors);
            }
        }
    }

    private static Whole whole(Random random) {
        Optional<RegisterState> register = Optional.of(new RegisterState(
                "run registry", days(random.nextDouble() * 2 - 1.9), 1, 1, random.nextInt(3) == 0 ? 1 : 0, List.of()));
        JournalState journal = new JournalState(
                Optional.of(days(random.nextDouble() * 0.1 - 0.09)),
                true,
                Optional.of(days(random.nextDouble() / 10 - 0.09)));
        List<Waiver> waivers = new ArrayList<>();
        for (int i = 0; i < random.nextInt(3); i++) {
            Instant begin = days(random.nextDouble() * 20 - 15);
            waivers.add(new Waiver(
                    new UUID(1, i),
                    new ClauseId(List.of("P-26", "P-6").get(i)),
                    Set.of(ID),
                    new Actor("owner"),
                    new Actor("signer"),
                    "for a reason",
                    begin,
                    begin.plus(Duration.ofDays(16 + random.nextInt(60)))));
        }
        Map<SiteName, ByteSize> bytes =
                Map.of(BNL, new ByteSize(50 + random.nextInt(20)), DESY, new ByteSize(30), KIT, new ByteSize(20));
        Map<LocalDate, Map<SiteName, ByteSize>> held =
                Map.of(LocalDate.parse("2026-01-01"), bytes, LocalDate.parse("2026-12-24"), bytes);
        return new Whole(register, journal, waivers, Optional.of(PLAN), Map.of(RAW, held));
    }
}
