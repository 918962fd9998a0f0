package holdfast.judgement;

import static holdfast.judgement.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyRow.Proof;
import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow;
import holdfast.catalog.FileRow.SourceState;
import holdfast.plan.Attributes;
import holdfast.plan.Obligation;
import holdfast.storage.Place;
import holdfast.storage.ProofKind;
import holdfast.storage.StorageElement.Use;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What must hold of every holding, tried on a thousand seeded ones with every kind of trouble in them. */
class RandomHoldingsTest {
    private static final int HOLDINGS = 1000;
    private static final List<StorageName> ELEMENTS =
            List.of(KEK_TAPE, KEK_DISK, KEK_CACHE, BNL_TAPE, DESY_DISK, KIT_DISK, LAB_DISK);
    private static final List<Obligation> DUTIES =
            List.of(P_23, P_25, P_26, P_22, P_24, P_2, P_1, P_6, P_7, new Obligation.KeptUntil("active-collaboration"));

    @Test
    void nothingChangesBeforeValidUntil() {
        each((scene, random) -> {
            for (Obligation duty : DUTIES) {
                Answer now = scene.judge(duty);
                Instant until = now.validUntil();
                assertThat(until).isAfter(NOW);
                Duration span = until.equals(Instant.MAX) ? Duration.ofDays(4000) : Duration.between(NOW, until);
                for (int i = 0; i < 8; i++) {
                    Instant within = NOW.plusNanos((long) (span.toNanos() * random.nextDouble()));
                    Answer later = scene.judge(duty, within);
                    assertThat(List.of(later.verdict(), later.arriving(), later.validUntil()))
                            .as("%s at %s of %s", duty, within, scene.holding())
                            .isEqualTo(List.of(now.verdict(), now.arriving(), until));
                }
                if (!until.equals(Instant.MAX)) {
                    assertThat(scene.judge(duty, until).validUntil()).isAfter(until);
                }
            }
        });
    }

    @Test
    void followingValidUntilMissesNoChange() {
        each((scene, random) -> {
            for (Obligation duty : List.of(P_23, P_26, P_22, P_24)) {
                Instant from = NOW;
                Answer answer = scene.judge(duty);
                for (int step = 0; step < 40 && !answer.validUntil().equals(Instant.MAX); step++) {
                    Instant justBefore = answer.validUntil().minusNanos(1);
                    assertThat(scene.judge(duty, justBefore).verdict())
                            .as("%s from %s to %s", duty, from, justBefore)
                            .isEqualTo(answer.verdict());
                    from = answer.validUntil();
                    answer = scene.judge(duty, from);
                }
            }
        });
    }

    @Test
    void theOrderOfCopiesChangesNothing() {
        each((scene, random) -> {
            Holding holding = scene.holding();
            List<CopyRow> shuffled = new ArrayList<>(holding.copies());
            Collections.shuffle(shuffled, random);
            Holding other = holding.with(shuffled);
            for (Obligation duty : DUTIES) {
                Answer answer = scene.judge(duty);
                Answer again = Judge.judge(duty, other, scene.surroundings(), NOW);
                assertThat(again.verdict()).isEqualTo(answer.verdict());
                assertThat(again.arriving()).isEqualTo(answer.arriving());
                assertThat(again.validUntil()).isEqualTo(answer.validUntil());
                assertThat(again.oldestProof()).isEqualTo(answer.oldestProof());
                assertThat(again.reasons()).containsExactlyInAnyOrderElementsOf(answer.reasons());
            }
        });
    }

    @Test
    void oneMoreCountingCopyNeverMakesAnAnswerWorse() {
        each((scene, random) -> {
            List<Answer> before = DUTIES.stream().map(scene::judge).toList();
            List<StorageName> free =
                    ELEMENTS.stream().filter(e -> !scene.has(e)).toList();
            if (free.isEmpty()) {
                return;
            }
            scene.proved(free.get(random.nextInt(free.size())), 5);
            for (int i = 0; i < DUTIES.size(); i++) {
                Answer after = scene.judge(DUTIES.get(i));
                boolean calendar = DUTIES.get(i) == P_1;
                if (!calendar) {
                    assertThat(badness(after))
                            .as("%s of %s", DUTIES.get(i), scene.holding())
                            .isLessThanOrEqualTo(badness(before.get(i)));
                }
            }
        });
    }

    @Test
    void aVerdictOtherThanMetHasAReasonAndAMetOneOfCopiesHasAProof() {
        each((scene, random) -> {
            for (Obligation duty : DUTIES) {
                Answer answer = scene.judge(duty);
                if (answer.verdict() != Verdict.MET) {
                    assertThat(answer.reasons()).as("%s", duty).isNotEmpty();
                } else if (PLACEMENT.contains(duty) || duty == P_24 || duty == P_1) {
                    assertThat(answer.oldestProof()).as("%s", duty).isPresent();
                }
                assertThat(answer.reasons())
                        .allSatisfy(
                                reason -> assertThat(reason.text()).isNotBlank().doesNotEndWith("."));
            }
        });
    }

    @Test
    void theHoldingsShowEveryAnswerOfEveryDuty() {
        List<String> seen = new ArrayList<>();
        each((scene, random) -> PLACEMENT.forEach(duty -> {
            Answer answer = scene.judge(duty);
            seen.add(PLACEMENT.indexOf(duty) + " " + (answer.arriving() ? "arriving" : answer.verdict()));
        }));
        assertThat(seen.stream().distinct()).hasSize(4 * PLACEMENT.size());
    }

    private static int badness(Answer answer) {
        return answer.verdict() == Verdict.BREACHED ? 2 : answer.verdict() == Verdict.UNDETERMINED ? 1 : 0;
    }

    private static void each(BiConsumer<Scene, Random> check) {
        IntStream.range(0, HOLDINGS).forEach(seed -> {
            Random random = new Random(seed);
            check.accept(scene(random), random);
        });
    }

    static Scene scene(Random random) {
        Scene scene = new Scene();
        for (StorageName element : ELEMENTS) {
            trouble(scene, element, random);
            if (random.nextInt(5) < 3) {
                copy(scene, element, random);
            }
        }
        if (random.nextInt(3) == 0) {
            scene.mentioned(random.nextDouble() * 4 - 0.5);
        }
        if (random.nextInt(10) == 0) {
            scene.file(FileRow::declareLost);
        }
        if (random.nextInt(10) == 0) {
            scene.file(f -> f.withSource(SourceState.MAY_GO));
        }
        if (random.nextInt(3) == 0) {
            scene.attributes(Map.of(Attributes.RUN_DATE, random.nextBoolean() ? "2024-02-02" : "2001-01-01"));
        }
        if (random.nextBoolean()) {
            scene.expected(
                    random.nextInt(5) == 0 ? 1 : 1000,
                    random.nextInt(4) == 0 ? Optional.empty() : Optional.of(days(random.nextDouble() * 3 - 2)));
        }
        ELEMENTS.stream().filter(e -> random.nextInt(4) > 0).forEach(e -> {
            DataId[] unopened = random.nextInt(4) > 0
                    ? new DataId[0]
                    : new DataId[] {random.nextBoolean() ? ID : DataId.parse("raw:/lab/raw/e1/r2/other.root")};
            scene.opened(e, random.nextDouble() * 110 - 5, random.nextInt(3), unopened);
        });
        return scene;
    }

    private static void copy(Scene scene, StorageName element, Random random) {
        if (random.nextInt(4) == 0) {
            scene.arrived(element, random.nextDouble() * 10);
            return;
        }
        scene.proved(element, random.nextInt(8) == 0 ? 700 + random.nextInt(60) : random.nextDouble() * 100);
        if (random.nextInt(5) == 0) {
            ProofKind[] kinds = ProofKind.values();
            scene.proof(
                    element,
                    new Proof(
                            days(random.nextDouble() * 20 - 17),
                            kinds[random.nextInt(kinds.length)],
                            random.nextBoolean()));
        }
        if (random.nextInt(4) == 0) {
            CopyState[] states = CopyState.values();
            scene.copy(scene.row(element).state(states[random.nextInt(states.length)], days(-1), Optional.empty()));
        }
        if (random.nextInt(12) == 0) {
            scene.locator(element, Optional.empty());
        }
    }

    private static void trouble(Scene scene, StorageName element, Random random) {
        switch (random.nextInt(14)) {
            case 0 -> scene.silent(element, random.nextDouble() * 3);
            case 1 ->
                scene.silent(element, random.nextDouble() * 20)
                        .downtime(element, -random.nextDouble() * 20, random.nextDouble() * 20);
            case 2 ->
                scene.downtime(element, -random.nextDouble() * 20 - 5, -random.nextDouble() * 5)
                        .downtime(element, -random.nextDouble() * 6, random.nextDouble() * 30)
                        .silent(element, random.nextDouble() * 20);
            case 3 -> scene.downtime(element, random.nextDouble() * 20, 20 + random.nextDouble());
            case 4 -> scene.drills(element, random.nextInt(120), random.nextInt(3), Optional.of(random.nextInt(2)));
            case 5 -> scene.suspect(element, 1);
            case 6 -> scene.use(element, Use.values()[random.nextInt(3)]);
            case 7 -> scene.place(element, new Place(Optional.empty(), Optional.of("zone-KEK"), Optional.empty()));
            case 8 -> scene.element(element, Use.IN_USE, Optional.empty(), place("somewhere"));
            case 9 -> scene.scrubbed(element, random.nextBoolean());
            default -> {}
        }
    }
}
