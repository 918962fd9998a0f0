package holdfast.storage;

import java.util.Locale;
import java.util.Optional;

/** What two copies must not share when one disaster, failure or mistake is to leave one of them (clause P-22). */
public enum FailureDomain {
    SITE {
        @Override
        public Optional<String> of(StorageElement element) {
            return Optional.of(element.site().name());
        }
    },
    REGION {
        @Override
        public Optional<String> of(StorageElement element) {
            return element.place().region();
        }
    },
    HAZARD_ZONE {
        @Override
        public Optional<String> of(StorageElement element) {
            return element.place().hazardZone();
        }
    },
    OPERATOR {
        @Override
        public Optional<String> of(StorageElement element) {
            return element.place().operator();
        }
    };

    /** The domain's value for an element; empty means not known, and unknown is not different. */
    public abstract Optional<String> of(StorageElement element);

    /** The domain as people say it, such as {@code hazard zone}. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
