package holdfast.durability;

import holdfast.storage.StorageElement;

/** What bytes lie on as far as the loss model tells it apart: a plan's proofs hold for tape or for everything else. */
public enum Carrier {
    TAPE,
    /** Archival disk and object archives. */
    DISK;

    public static Carrier of(StorageElement element) {
        return element.isTape() ? TAPE : DISK;
    }

    /** The input that holds the rate at which its copies go bad unseen. */
    InputName damage() {
        return switch (this) {
            case TAPE -> InputName.DAMAGE_TAPE;
            case DISK -> InputName.DAMAGE_DISK;
        };
    }

    /** The input that holds the interval at which its copies are read. */
    InputName scrub() {
        return switch (this) {
            case TAPE -> InputName.SCRUB_TAPE;
            case DISK -> InputName.SCRUB_DISK;
        };
    }
}
