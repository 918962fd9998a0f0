package holdfast.durability;

import static holdfast.durability.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.storage.StorageElement;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacesTest {
    @Test
    void differentSitesUnderDifferentThreatsAreDifferentPlaces() {
        assertThat(places(HOME, FAR, ABROAD)).isEqualTo(3);
    }

    @Test
    void oneSiteIsOnePlaceWhateverItsMedia() {
        assertThat(places(HOME, HOME_TAPE)).isEqualTo(1);
    }

    @Test
    void twoSitesInOneHazardZoneAreOnePlace() {
        assertThat(places(HOME, NEAR, FAR)).isEqualTo(2);
    }

    @Test
    void aZoneThatNobodyNamedDiffersFromNone() {
        assertThat(places(HOME, UNKNOWN)).isEqualTo(1);
        assertThat(places(HOME, FAR, UNKNOWN)).isEqualTo(1);
        assertThat(places(UNKNOWN, HOME, FAR)).isEqualTo(1);
    }

    @Test
    void noCopyIsNoPlace() {
        assertThat(places()).isZero();
    }

    private static int places(StorageElement... elements) {
        return Places.of(List.of(elements)).size();
    }
}
