package holdfast.fixity;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyRow.Proof;
import holdfast.catalog.CopyState;
import holdfast.judgement.Scene;
import holdfast.storage.Locator;
import holdfast.storage.ProofKind;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProofRenewalTest {
    private static final Instant MEDIUM_READ = Scene.days(-10);

    private final CopyRow copy = new Scene().proved(Scene.KEK_TAPE, 10).row(Scene.KEK_TAPE);

    private Proof after(ProofKind kind) {
        return after(copy, kind).orElseThrow().proof().orElseThrow();
    }

    private static Optional<CopyRow> after(CopyRow copy, ProofKind kind) {
        return Inspector.after(
                new Inspection(copy, Scene.NOW, Outcome.INTACT, kind, Optional.empty(), Optional.empty()));
    }

    private static Inspection said(CopyRow copy) {
        return new Inspection(
                copy,
                Scene.NOW,
                Outcome.NOT_CHECKED,
                ProofKind.SITE_SAYS,
                Optional.of(new Locator("VR1:7")),
                Optional.empty());
    }

    @ParameterizedTest
    @EnumSource(
            value = CopyState.class,
            names = {"SUSPECT", "CLAIMED"})
    void aCopyOnTrialWhoseMediumWasReadOnceIsClearedByItsMediumAlone(CopyState state) {
        CopyRow onTrial = copy.state(state, MEDIUM_READ, Optional.of("its cartridge"));
        assertThat(after(onTrial, ProofKind.BUFFER)).isEmpty();
        assertThat(after(onTrial, ProofKind.CARTRIDGE_SAMPLE)).isEmpty();
        assertThat(after(onTrial, ProofKind.SITE_SAYS)).isEmpty();
        assertThat(after(onTrial, ProofKind.MEDIUM).orElseThrow().state()).isEqualTo(CopyState.PROVED);
    }

    @Test
    void whatASiteSaysIsKeptBesideANewCopyOnceAndChangesNoState() {
        CopyRow arrived = new Scene()
                .arrived(Scene.KEK_TAPE, 1)
                .locator(Scene.KEK_TAPE, Optional.empty())
                .row(Scene.KEK_TAPE);
        CopyRow after = Inspector.after(said(arrived)).orElseThrow();
        assertThat(after.state()).isEqualTo(CopyState.ARRIVED);
        assertThat(after.proof()).hasValue(new Proof(Scene.NOW, ProofKind.SITE_SAYS, false));
        assertThat(after.locator()).hasValue(new Locator("VR1:7"));
        assertThat(Inspector.after(said(after))).isEmpty();
        assertThat(Inspector.after(said(copy))).isEmpty();
    }

    @Test
    void aReadFromTheBufferLeavesTheMediumsProofAndItsAge() {
        assertThat(after(ProofKind.BUFFER)).isEqualTo(new Proof(MEDIUM_READ, ProofKind.MEDIUM, true));
        assertThat(after(ProofKind.SITE_SAYS)).isEqualTo(new Proof(MEDIUM_READ, ProofKind.MEDIUM, true));
    }

    @Test
    void aReadOfTheMediumOrACartridgeSampleRenewsIt() {
        assertThat(after(ProofKind.MEDIUM)).isEqualTo(new Proof(Scene.NOW, ProofKind.MEDIUM, true));
        assertThat(after(ProofKind.CARTRIDGE_SAMPLE)).isEqualTo(new Proof(Scene.NOW, ProofKind.CARTRIDGE_SAMPLE, true));
    }
}
