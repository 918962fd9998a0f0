package holdfast.server.catalog;

import java.util.Locale;
import java.util.Optional;

/** From where an element is reached: from its own site, or from anywhere. */
public enum Domain {
    LAN,
    WAN;

    /** As clients write it, such as {@code wan}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty where no domain is called so. */
    public static Optional<Domain> called(String word) {
        for (Domain domain : values()) {
            if (domain.word().equals(word.toLowerCase(Locale.ROOT))) {
                return Optional.of(domain);
            }
        }
        return Optional.empty();
    }
}
