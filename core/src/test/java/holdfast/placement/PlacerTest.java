package holdfast.placement;

import static holdfast.judgement.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow;
import holdfast.catalog.FileRow.SourceState;
import holdfast.judgement.Scene;
import holdfast.judgement.ServingSites;
import holdfast.judgement.Surroundings;
import holdfast.plan.Attributes;
import holdfast.plan.Basis;
import holdfast.plan.Clause;
import holdfast.plan.Clause.Standing;
import holdfast.plan.Duty;
import holdfast.plan.Obligation;
import holdfast.storage.Medium;
import holdfast.storage.Place;
import holdfast.storage.StorageElement.Use;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PlacerTest {
    private static final LocalDate OPEN = LocalDate.parse("2026-01-01");
    private static final List<Clause> RAW_CLAUSES = List.of(
            clause("P-22", P_22),
            clause("P-23", P_23),
            clause("P-24", P_24),
            clause("P-25", P_25),
            clause("P-26", P_26));

    private final Scene scene = new Scene();

    private static Clause clause(String id, Obligation must) {
        return new Clause(
                new ClauseId(id),
                "2.4.1",
                "Something is kept.",
                "collaboration",
                Optional.of(LEVEL),
                Set.of(RAW),
                Standing.DUTY,
                List.of(new Duty(must, Basis.PLAN, Optional.empty())),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                true);
    }

    private static LoadView held(long bnl, long desy, long kit) {
        return new LoadView(
                Map.of(OPEN, Map.of(BNL, new ByteSize(bnl), DESY, new ByteSize(desy), KIT, new ByteSize(kit))),
                Map.of());
    }

    private static LoadView ordered(StorageName at) {
        return new LoadView(Map.of(), Map.of(ID, Set.of(at)));
    }

    private Placement plan(LoadView load) {
        return Placer.plan(scene.holding(), RAW_CLAUSES, scene.surroundings(), load, NOW);
    }

    private List<StorageName> targets(LoadView load) {
        return plan(load).demands().stream().map(Demand::to).toList();
    }

    private List<StorageName> targets() {
        return targets(LoadView.NONE);
    }

    @Nested
    class OrdersWhatIsWanted {
        @Test
        void aNewFileGoesToKekAndToOneMouSite() {
            scene.arrived(LAB_DISK, 0.1);
            assertThat(targets())
                    .hasSize(2)
                    .anyMatch(t -> t.name().startsWith("KEK-"))
                    .contains(BNL_TAPE);
            assertThat(plan(LoadView.NONE).unmet()).isEmpty();
        }

        @Test
        void aWellPlacedFileWantsNothing() {
            scene.proved(KEK_TAPE, BNL_TAPE);
            assertThat(plan(LoadView.NONE)).isEqualTo(new Placement(List.of(), List.of()));
        }

        @Test
        void aCopyThatArrivedIsNotOrderedAgain() {
            scene.proved(KEK_TAPE).arrived(BNL_TAPE, 1);
            assertThat(targets()).isEmpty();
        }

        @Test
        void aLateProofIsReadAgainAndNotCopiedAgain() {
            scene.proved(KEK_TAPE, 800).proved(BNL_TAPE, 800);
            assertThat(targets()).isEmpty();
        }

        @Test
        void aLostCopyIsOrderedAgain() {
            scene.proved(BNL_TAPE).fallen(KEK_TAPE, CopyState.MISSING);
            assertThat(targets()).containsExactly(KEK_DISK);
        }

        @Test
        void aDamagedCopyIsReplacedAtAnotherSiteWhereTheClauseLeavesAChoice() {
            scene.proved(KEK_TAPE).fallen(BNL_TAPE, CopyState.CORRUPT);
            assertThat(targets(held(0, 500, 500))).hasSize(1).doesNotContain(BNL_TAPE);
        }

        @Test
        void aDamagedCopyIsReplacedInPlaceWhereTheClauseLeavesNoChoice() {
            scene.proved(BNL_TAPE).fallen(KEK_TAPE, CopyState.CORRUPT).use(KEK_DISK, Use.READ_ONLY);
            assertThat(targets()).containsExactly(KEK_TAPE);
        }

        @Test
        void aCopyAfterSevenDaysUnreadIsReplacedElsewhere() {
            scene.proved(KEK_TAPE).arrived(BNL_TAPE, 8);
            assertThat(targets()).hasSize(1).doesNotContain(BNL_TAPE);
        }

        @Test
        void itGoesByLoAndNotByTheVerdict() {
            scene.proved(KEK_TAPE).proved(BNL_TAPE).silent(BNL_TAPE, 2);
            assertThat(targets()).hasSize(1).doesNotContain(BNL_TAPE);
            scene.silent(BNL_TAPE, 0.5);
            assertThat(targets()).isEmpty();
        }

        @Test
        void aClaimIsNoCopy() {
            scene.proved(KEK_TAPE).arrived(BNL_TAPE, 1);
            scene.copy(scene.row(BNL_TAPE).state(CopyState.CLAIMED, NOW, Optional.empty()));
            assertThat(targets()).hasSize(1).doesNotContain(BNL_TAPE);
        }

        @Test
        void anotherSiteOutsideTheMouIsNoneOfCoverage() {
            scene.element(LAB_DISK, LAB, Medium.ARCHIVAL_DISK).proved(KEK_TAPE, LAB_DISK);
            assertThat(targets()).containsExactly(BNL_TAPE);
        }

        @Test
        void aMouSiteInTheSameHazardZoneIsPassedOver() {
            scene.proved(KEK_TAPE)
                    .place(BNL_TAPE, new Place(Optional.of("x"), Optional.of("zone-KEK"), Optional.of("y")));
            assertThat(targets()).containsExactly(DESY_DISK);
        }

        @Test
        void urgencyIsTheNumberOfCountingCopies() {
            scene.proved(KEK_TAPE);
            assertThat(plan(LoadView.NONE).demands().getFirst().urgency()).isEqualTo(1);
            assertThat(plan(LoadView.NONE).demands().getFirst().reason()).startsWith("P-26: ");
            scene.without(KEK_TAPE).arrived(LAB_DISK, 1);
            assertThat(plan(LoadView.NONE).demands().getFirst().urgency()).isZero();
        }

        @Test
        void clausesAboutOtherClassesOrderNothing() {
            scene.proved(LAB_DISK)
                    .belongs(Optional.of(new FileRow.Belonging(new holdfast.vocabulary.ClassId("user"), LEVEL)));
            assertThat(plan(LoadView.NONE)).isEqualTo(new Placement(List.of(), List.of()));
        }
    }

    @Nested
    class FollowsShares {
        @Test
        void theSiteMostShortOfItsShareIsNext() {
            scene.proved(KEK_TAPE);
            assertThat(targets(held(500_000, 300_000, 0))).containsExactly(KIT_DISK);
            assertThat(targets(held(500_000, 0, 200_000))).containsExactly(DESY_DISK);
        }

        @Test
        void thePeriodIsThatOfTheFile() {
            scene.proved(KEK_TAPE).attributes(Map.of(Attributes.RUN_DATE, "2024-01-01"));
            assertThat(targets(held(900_000, 0, 0))).containsExactly(BNL_TAPE);
        }

        @Test
        void anOrderThatStandsIsNotGivenAgainElsewhere() {
            scene.proved(KEK_TAPE);
            assertThat(targets(new LoadView(
                            held(900_000, 0, 0).bytes(), ordered(BNL_TAPE).ordered())))
                    .containsExactly(BNL_TAPE);
        }

        @Test
        void theFilesOfOneBatchSpreadAsAgreed() {
            Map<SiteName, Integer> files = new TreeMap<>();
            LoadView load = LoadView.NONE;
            Surroundings surroundings = scene.surroundings();
            for (int i = 0; i < 100; i++) {
                DataId id = DataId.parse("raw:/lab/raw/e1/r2/" + i + ".root");
                FileRow row = renamed(scene.holding().file().orElseThrow(), id);
                var holding = new holdfast.judgement.Holding(
                        id,
                        Optional.of(row),
                        Optional.empty(),
                        new Scene().proved(KEK_TAPE).holding().copies());
                Placement placement = Placer.plan(holding, RAW_CLAUSES, surroundings, load, NOW);
                load = load.after(placement, row, surroundings);
                placement
                        .demands()
                        .forEach(d -> files.merge(
                                surroundings.element(d.to()).orElseThrow().site(), 1, Integer::sum));
            }
            assertThat(files).isEqualTo(Map.of(BNL, 50, DESY, 30, KIT, 20));
        }

        private FileRow renamed(FileRow f, DataId id) {
            return new FileRow(
                    id,
                    f.size(),
                    f.digests(),
                    f.digestOrigin(),
                    f.belongs(),
                    f.attributes(),
                    f.mention(),
                    f.source(),
                    f.placed(),
                    f.lost());
        }
    }

    @Nested
    class WaitsAndSaysFor {
        @Test
        void aSilentSiteIsNoTargetWhereAnotherWillDo() {
            scene.proved(KEK_TAPE).silent(BNL_TAPE, 0.1);
            assertThat(targets()).containsExactly(DESY_DISK);
        }

        @Test
        void kekHasNoAlternativeAndIsWaitedFor() {
            scene.proved(BNL_TAPE).silent(KEK_TAPE, 0.1).silent(KEK_DISK, 0.1);
            Placement placement = plan(LoadView.NONE);
            assertThat(placement.demands()).isEmpty();
            assertThat(placement.unmet())
                    .anyMatch(
                            u -> u.startsWith("P-25: ") && u.contains("waits for KEK-TAPE, not answering since 2026"));
        }

        @Test
        void kekIsWaitedForADayAndThenTheSecondCopyGoesToAnotherSite() {
            scene.proved(BNL_TAPE).silent(KEK_TAPE, 1).silent(KEK_DISK, 1);
            Placement placement = plan(LoadView.NONE);
            assertThat(placement.demands()).extracting(Demand::to).containsExactly(DESY_DISK);
            assertThat(placement.unmet()).anyMatch(u -> u.startsWith("P-25: "));
        }

        @Test
        void anOrderAtASiteThatFellSilentStandsForADay() {
            scene.proved(KEK_TAPE).silent(BNL_TAPE, 0.9);
            assertThat(targets(ordered(BNL_TAPE))).containsExactly(BNL_TAPE);
            assertThat(plan(ordered(BNL_TAPE)).unmet()).anyMatch(u -> u.endsWith("at most 24 h"));
            scene.silent(BNL_TAPE, 1);
            assertThat(targets(ordered(BNL_TAPE))).containsExactly(DESY_DISK);
        }

        @Test
        void theOrderOfAFileWithTwoCopiesStandsThroughADowntime() {
            scene.element(LAB_DISK, LAB, Medium.ARCHIVAL_DISK)
                    .proved(KEK_TAPE, LAB_DISK)
                    .silent(BNL_TAPE, 5)
                    .downtime(BNL_TAPE, -5, 3);
            assertThat(targets(ordered(BNL_TAPE))).containsExactly(BNL_TAPE);
            assertThat(targets()).containsExactly(DESY_DISK);
        }

        @Test
        void aSuspectElementIsNoTargetAndItsCopiesAreNotReplacedUntilSomeoneSigns() {
            scene.proved(KEK_TAPE, BNL_TAPE).suspect(BNL_TAPE, 1);
            Placement placement = plan(LoadView.NONE);
            assertThat(placement.demands()).isEmpty();
            assertThat(placement.unmet()).anyMatch(u -> u.contains("BNL-TAPE") && u.contains("until someone signs"));
            scene.without(BNL_TAPE);
            assertThat(targets()).doesNotContain(BNL_TAPE).hasSize(1);
        }

        @Test
        void noCopyIsLeftToCopyFrom() {
            scene.fallen(KEK_TAPE, CopyState.CORRUPT).fallen(BNL_TAPE, CopyState.MISSING);
            assertThat(plan(LoadView.NONE).demands()).isEmpty();
            assertThat(plan(LoadView.NONE).unmet())
                    .containsExactly("no copy is left to copy from; its source daq still holds it: ingest it again");
            scene.file(f -> f.withSource(SourceState.MAY_GO));
            assertThat(plan(LoadView.NONE).unmet()).containsExactly("no copy is left to copy from");
        }

        @Test
        void theOnlyCopyIsOutOfReach() {
            scene.proved(KEK_TAPE).silent(KEK_TAPE, 0.5);
            assertThat(plan(LoadView.NONE).demands()).isEmpty();
            assertThat(plan(LoadView.NONE).unmet())
                    .anyMatch(u -> u.startsWith("no copy can be read now: KEK-TAPE not answering since"));
        }

        @Test
        void aPeriodNobodyKnowsIsSaid() {
            scene.proved(KEK_TAPE, LAB_DISK).attributes(Map.of(Attributes.RUN_DATE, "2010-01-01"));
            assertThat(plan(LoadView.NONE).unmet()).anyMatch(u -> u.startsWith("P-26: no period of mou-raw"));
        }

        @Test
        void aLostOrUnclassedOrAbsentFileIsNotPlaced() {
            scene.proved(KEK_TAPE).file(FileRow::declareLost);
            assertThat(plan(LoadView.NONE).demands()).isEmpty();
            assertThat(plan(LoadView.NONE).unmet()).hasSize(1);
            assertThat(Placer.plan(
                                    new Scene().notHere().holding(),
                                    RAW_CLAUSES,
                                    scene.surroundings(),
                                    LoadView.NONE,
                                    NOW)
                            .unmet())
                    .hasSize(1);
        }

        @Test
        void noFurtherSiteIsLeft() {
            scene.proved(KEK_TAPE)
                    .use(BNL_TAPE, Use.READ_ONLY)
                    .use(DESY_DISK, Use.READ_ONLY)
                    .use(KIT_DISK, Use.LEFT);
            assertThat(plan(LoadView.NONE).demands()).isEmpty();
            assertThat(plan(LoadView.NONE).unmet()).anyMatch(u -> u.contains("DESY-DISK takes no new copies"));
        }
    }

    @Test
    void everyDemandWouldServeTheDutyItNames() {
        scene.arrived(LAB_DISK, 0.1);
        Surroundings surroundings = scene.surroundings();
        for (Demand demand : plan(LoadView.NONE).demands()) {
            Obligation duty = demand.reason().startsWith("P-25") ? P_25 : P_26;
            var place = duty instanceof Obligation.CompleteAt c ? c.place() : ((Obligation.CoveredBy) duty).place();
            ServingSites sites = ServingSites.of(place, scene.holding().file().orElseThrow(), surroundings);
            assertThat(sites.serves(
                            surroundings.element(demand.to()).orElseThrow().site()))
                    .isTrue();
        }
    }
}
