package holdfast.storage;

import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import java.util.Map;
import java.util.Optional;

/**
 * A storage element as the sites file declares it (the field's RSE).
 *
 * @param medium what bytes lie on; empty when nobody said
 * @param use what may be done with it now
 * @param library the drives and cartridges behind it; empty for disks
 * @param driver the kind of driver that reaches it and its settings, read by the server only
 */
public record StorageElement(
        StorageName name,
        SiteName site,
        Place place,
        Optional<Medium> medium,
        Use use,
        Optional<TapeLibrary> library,
        DriverChoice driver) {

    /** What may be done with an element. */
    public enum Use {
        IN_USE,
        /** Copies here are read and counted; no new one is placed here. */
        READ_ONLY,
        /** Its site has left: copies here count for nothing and no new one is placed here. */
        LEFT
    }

    /** Drives and cartridges of a tape library. */
    public record TapeLibrary(int drives, int cartridges) {}

    /** A driver by its kind, such as {@code posix} or {@code tape}, with its own settings. */
    public record DriverChoice(String kind, Map<String, String> settings) {
        public DriverChoice {
            settings = Map.copyOf(settings);
        }
    }

    public boolean isArchival() {
        return medium.map(Medium::isArchival).orElse(false);
    }

    public boolean isTape() {
        return medium.equals(Optional.of(Medium.TAPE));
    }
}
