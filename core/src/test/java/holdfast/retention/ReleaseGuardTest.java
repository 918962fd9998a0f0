package holdfast.retention;

import static holdfast.judgement.Scene.BNL_TAPE;
import static holdfast.judgement.Scene.DESY_DISK;
import static holdfast.judgement.Scene.ID;
import static holdfast.judgement.Scene.KEK_DISK;
import static holdfast.judgement.Scene.KEK_TAPE;
import static holdfast.judgement.Scene.KIT_DISK;
import static holdfast.judgement.Scene.LEVEL;
import static holdfast.judgement.Scene.NOW;
import static holdfast.judgement.Scene.P_22;
import static holdfast.judgement.Scene.P_23;
import static holdfast.judgement.Scene.P_25;
import static holdfast.judgement.Scene.P_26;
import static holdfast.judgement.Scene.RAW;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CopyState;
import holdfast.judgement.Scene;
import holdfast.judgement.Surroundings;
import holdfast.judgement.Trials;
import holdfast.plan.Basis;
import holdfast.plan.Clause;
import holdfast.plan.Duty;
import holdfast.plan.Obligation;
import holdfast.plan.Plan;
import holdfast.retention.ReleaseGuard.Word;
import holdfast.storage.StorageElement;
import holdfast.storage.StorageElement.Deletes;
import holdfast.storage.StorageElement.Deletes.By;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.StorageName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReleaseGuardTest {
    private final Scene scene = new Scene()
            .clause(clause("P-22", P_22))
            .clause(clause("P-23", P_23))
            .clause(clause("P-25", P_25))
            .clause(clause("P-26", P_26));

    @Test
    void aSurplusCopyMayGo() {
        scene.proved(KEK_TAPE, BNL_TAPE, DESY_DISK);
        assertThat(mayGo(DESY_DISK)).isInstanceOf(Word.NoObstacle.class);
    }

    @Test
    void theCopyAtHomeStaysWhateverLiesElsewhere() {
        scene.proved(KEK_TAPE, BNL_TAPE, DESY_DISK, KIT_DISK);
        assertThat(why(KEK_TAPE)).contains("P-25");
    }

    @Test
    void theOnlyCopyOfAPartnerStays() {
        scene.proved(KEK_TAPE, KEK_DISK, BNL_TAPE);
        assertThat(why(BNL_TAPE)).contains("P-26");
    }

    @Test
    void aBadCopyMayGoOnlyWhereTwoGoodOnesStay() {
        scene.proved(KEK_TAPE, BNL_TAPE).fallen(DESY_DISK, CopyState.CORRUPT);
        assertThat(mayGo(DESY_DISK)).isInstanceOf(Word.NoObstacle.class);
        scene.without(BNL_TAPE);
        assertThat(why(DESY_DISK)).contains("P-26");
    }

    @Test
    void aCopyThatIsBeingReleasedCountsForNoOtherRelease() {
        scene.proved(KEK_TAPE, BNL_TAPE, DESY_DISK).fallen(BNL_TAPE, CopyState.RELEASING);
        assertThat(why(DESY_DISK)).contains("P-26");
    }

    @Test
    void survivorsNotReadForThirtyDaysKeepTheCopy() {
        scene.proved(KEK_TAPE, 31).proved(BNL_TAPE, DESY_DISK);
        assertThat(why(DESY_DISK)).contains("1 of its other copies were read whole within the last 30 days");
        scene.proved(KEK_TAPE, 29);
        assertThat(mayGo(DESY_DISK)).isInstanceOf(Word.NoObstacle.class);
    }

    @Test
    void nothingGoesWhileAnyElementIsUnderSuspicion() {
        scene.proved(KEK_TAPE, BNL_TAPE, DESY_DISK).suspect(KIT_DISK, 1);
        assertThat(why(DESY_DISK)).contains("KIT-DISK is under suspicion");
    }

    @Test
    void nothingGoesDuringACustodyHold() {
        scene.proved(KEK_TAPE, BNL_TAPE, DESY_DISK);
        Hold hold = new Hold(Hold.Cause.FAILED_OVER, NOW, 10, Optional.empty(), "another server answers");
        assertThat(why(DESY_DISK, new Circumstances(List.of(scene.surroundings()), Optional.of(hold))))
                .contains("custody hold")
                .contains("another server answers");
    }

    @Test
    void nothingGoesOfAScopeThatIsOnlyObservedThoughThePlanWouldAllowIt() {
        scene.proved(KEK_TAPE, BNL_TAPE, DESY_DISK);
        Circumstances here = Circumstances.of(scene.surroundings());
        assertThat(ReleaseGuard.mayGo(scene.holding(), DESY_DISK, here, NOW)).isInstanceOf(Word.NoObstacle.class);
        assertThat(why(DESY_DISK, here.observing(Set.of(ID.scope()))))
                .contains("is observed: another server manages it")
                .contains("holdfast adopt manage");
    }

    @Test
    void aPlanThatWasInForceLatelyStillForbids() {
        scene.proved(KEK_TAPE, BNL_TAPE);
        Surroundings strict = scene.surroundings();
        Surroundings loose = new Surroundings(without(strict.plan()), strict.sites(), strict.conditions());
        assertThat(why(BNL_TAPE, new Circumstances(List.of(loose, strict), Optional.empty())))
                .contains("P-26");
    }

    @Test
    void theLastGoodCopyOfAFileThatNoClausePlacesStaysToo() {
        scene.proved(KEK_TAPE);
        Surroundings strict = scene.surroundings();
        Surroundings loose = new Surroundings(without(strict.plan()), strict.sites(), strict.conditions());
        assertThat(why(KEK_TAPE, Circumstances.of(loose))).contains("0 of its other copies");
    }

    @Test
    void proofsBeforeAHoldThatLosesFactsAreInDoubt() {
        scene.proved(KEK_TAPE, BNL_TAPE, DESY_DISK);
        Surroundings here = scene.surroundings();
        Surroundings doubt =
                new Surroundings(here.plan(), here.sites(), here.conditions(), Optional.of(NOW), Trials.NONE);
        assertThat(why(DESY_DISK, Circumstances.of(doubt))).contains("facts written before the custody hold");
    }

    @Test
    void leaveIsGivenOnlyAfterTwoSignaturesAndTheUndoWindow() {
        scene.proved(KEK_TAPE, BNL_TAPE, DESY_DISK).fallen(DESY_DISK, CopyState.RELEASING);
        deletes(By.HOUSE, 0);
        SignedAct open = SignedAct.proposed(
                new UUID(1, 2),
                new Act.ReleaseCopies(DESY_DISK, List.of(ID)),
                "makes room",
                new SignedAct.Proposal(new Actor("keeper"), NOW.minus(Duration.ofDays(9))));
        SignedAct one = open.signed(List.of(), signature("alice", NOW.minus(Duration.ofDays(8))), false);
        SignedAct two = one.signed(one.signatures(), signature("bob", NOW.minus(Duration.ofDays(8))), true);
        assertThat(leave(open)).isInstanceOf(Removal.Leave.Withheld.class);
        assertThat(leave(one)).isInstanceOf(Removal.Leave.Withheld.class);
        assertThat(leave(two)).isInstanceOf(Removal.Leave.Granted.class);
        assertThat(leave(one.signed(one.signatures(), signature("bob", NOW.minus(Duration.ofDays(6))), true)))
                .isInstanceOf(Removal.Leave.Withheld.class);
        assertThat(leave(two.ended(SignedAct.State.WITHDRAWN, NOW))).isInstanceOf(Removal.Leave.Withheld.class);
    }

    @Test
    void theHouseWaitsForTheElementsDelayAndThenHandsToTheSite() {
        scene.proved(KEK_TAPE, BNL_TAPE, DESY_DISK).fallen(DESY_DISK, CopyState.RELEASING);
        Instant at = NOW.minus(Duration.ofDays(20));
        SignedAct act = SignedAct.proposed(
                new UUID(1, 2),
                new Act.ReleaseCopies(DESY_DISK, List.of(ID)),
                "makes room",
                new SignedAct.Proposal(new Actor("keeper"), at));
        act = act.signed(List.of(), signature("alice", at), false);
        act = act.signed(act.signatures(), signature("bob", at), true);
        assertThat(leave(act, By.HOUSE, 14)).isInstanceOf(Removal.Leave.Withheld.class);
        assertThat(leave(act, By.HOUSE, 13)).isInstanceOf(Removal.Leave.Granted.class);
        assertThat(leave(act, By.SITE, 14)).isInstanceOf(Removal.Leave.Withheld.class);
        assertThat(leave(act, By.SITE, 13)).isInstanceOf(Removal.Leave.OfSite.class);

        Surroundings strict = scene.surroundings();
        deletes(By.HOUSE, 0);
        Circumstances loosened = new Circumstances(List.of(scene.surroundings(), strict), Optional.empty());
        assertThat(Removal.leave(act, scene.holding(), loosened, NOW)).isInstanceOf(Removal.Leave.OfSite.class);
        assertThat(Removal.mayGoFrom(act, DESY_DISK, loosened)).contains(NOW);
    }

    private Removal.Leave leave(SignedAct act, By by, int days) {
        deletes(by, days);
        return leave(act);
    }

    private void deletes(By by, int days) {
        StorageElement e = scene.surroundings().element(DESY_DISK).orElseThrow();
        scene.element(new StorageElement(
                e.name(),
                e.site(),
                e.place(),
                e.medium(),
                e.use(),
                e.library(),
                e.driver(),
                new Deletes(by, Duration.ofDays(days))));
    }

    private Removal.Leave leave(SignedAct act) {
        return Removal.leave(act, scene.holding(), Circumstances.of(scene.surroundings()), NOW);
    }

    private static SignedAct.Signature signature(String name, Instant at) {
        return new SignedAct.Signature(new Actor(name), at, "c2ln");
    }

    private Word mayGo(StorageName from) {
        return ReleaseGuard.mayGo(scene.holding(), from, Circumstances.of(scene.surroundings()), NOW);
    }

    private String why(StorageName from) {
        return why(from, Circumstances.of(scene.surroundings()));
    }

    private String why(StorageName from, Circumstances circumstances) {
        Word word = ReleaseGuard.mayGo(scene.holding(), from, circumstances, NOW);
        assertThat(word).isInstanceOf(Word.Refused.class);
        return ((Word.Refused) word).obstacles().toString();
    }

    private static Plan without(Plan plan) {
        return new Plan(
                plan.id(),
                plan.title(),
                plan.version(),
                plan.digest(),
                plan.lifetimes(),
                plan.levels(),
                plan.classes(),
                Map.of(),
                plan.limits());
    }

    private static Clause clause(String id, Obligation must) {
        return new Clause(
                new ClauseId(id),
                "2.4.1",
                "Something is kept.",
                "collaboration",
                Optional.of(LEVEL),
                Set.of(RAW),
                Clause.Standing.DUTY,
                List.of(new Duty(must, Basis.PLAN, Optional.empty())),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                true);
    }
}
