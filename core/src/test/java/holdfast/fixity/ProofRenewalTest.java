package holdfast.fixity;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyRow.Proof;
import holdfast.judgement.Scene;
import holdfast.storage.ProofKind;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProofRenewalTest {
    private static final Instant MEDIUM_READ = Scene.days(-10);

    private final CopyRow copy = new Scene().proved(Scene.KEK_TAPE, 10).row(Scene.KEK_TAPE);

    private Proof after(ProofKind kind) {
        Inspection seen = new Inspection(copy, Scene.NOW, Outcome.INTACT, kind, Optional.empty(), Optional.empty());
        return Inspector.after(seen).orElseThrow().proof().orElseThrow();
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
