package holdfast.storage;

import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A storage element as the sites file declares it (the field's RSE).
 *
 * @param medium what bytes lie on; empty when nobody said
 * @param use what may be done with it now
 * @param library the drives and cartridges behind it; empty for disks
 * @param driver the kind of driver that reaches it and its settings, read by the server only
 * @param deletes who removes bytes there, and how late
 */
public record StorageElement(
        StorageName name,
        SiteName site,
        Place place,
        Optional<Medium> medium,
        Use use,
        Optional<TapeLibrary> library,
        DriverChoice driver,
        Deletes deletes) {

    /** An element whose deletions are as its medium has them by default. */
    public StorageElement(
            StorageName name,
            SiteName site,
            Place place,
            Optional<Medium> medium,
            Use use,
            Optional<TapeLibrary> library,
            DriverChoice driver) {
        this(name, site, place, medium, use, library, driver, Deletes.byDefault(medium));
    }

    /**
     * How signed releases are carried out here.
     *
     * @param after how long a copy still stands after the end of the undo window
     */
    public record Deletes(By by, Duration after) {
        /** What an archive waits where its sites file says nothing. */
        public static final Duration OF_ARCHIVES = Duration.ofDays(30);

        /** Who removes the bytes. */
        public enum By {
            HOUSE,
            /** A process of the site, with a credential that the house has not. */
            SITE
        }

        public Deletes {
            if (after.isNegative()) {
                throw new IllegalArgumentException("deletions wait 0 s or longer");
            }
        }

        /** By the house; from archives late. */
        public static Deletes byDefault(Optional<Medium> medium) {
            return new Deletes(By.HOUSE, waits(medium));
        }

        public static Duration waits(Optional<Medium> medium) {
            return medium.map(Medium::isArchival).orElse(false) ? OF_ARCHIVES : Duration.ZERO;
        }
    }

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
