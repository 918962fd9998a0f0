package holdfast.fixity;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.fixity.MassLoss.Toll;
import holdfast.vocabulary.StorageName;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MassLossTest {
    private static final StorageName DISK = new StorageName("DISK");
    private static final StorageName TAPE = new StorageName("TAPE");
    private static final StorageName FAR = new StorageName("FAR");

    @Test
    void aFewDamagedCopiesAreNoMassHoweverSmallTheStore() {
        assertThat(MassLoss.suspects(Map.of(DISK, new Toll(9, 10)))).isEmpty();
    }

    @Test
    void moreThanOneInAThousandIsAMass() {
        assertThat(MassLoss.suspects(Map.of(DISK, new Toll(10, 10_000)))).isEmpty();
        assertThat(MassLoss.suspects(Map.of(DISK, new Toll(11, 10_000)))).containsExactly(DISK);
    }

    @Test
    void moreThanAThousandIsAMassInAnyStore() {
        assertThat(MassLoss.suspects(Map.of(DISK, new Toll(1_000, 100_000_000))))
                .isEmpty();
        assertThat(MassLoss.suspects(Map.of(DISK, new Toll(1_001, 100_000_000))))
                .containsExactly(DISK);
    }

    @Test
    void onlyTheElementWithTheMassIsSuspectWhileOthersHaveALittle() {
        assertThat(MassLoss.suspects(Map.of(DISK, new Toll(500, 10_000), TAPE, new Toll(1, 10_000))))
                .containsExactly(DISK);
    }

    @Test
    void aLittleEverywhereIsAMassTogether() {
        var tolls = Map.of(DISK, new Toll(8, 9_000), TAPE, new Toll(8, 9_000), FAR, new Toll(0, 10));
        assertThat(MassLoss.suspects(Map.of(DISK, new Toll(8, 9_000)))).isEmpty();
        assertThat(MassLoss.suspects(Map.of(DISK, new Toll(6, 5_000), TAPE, new Toll(6, 5_000), FAR, new Toll(0, 10))))
                .containsExactlyInAnyOrder(DISK, TAPE);
        assertThat(MassLoss.suspects(tolls)).isEmpty();
    }
}
