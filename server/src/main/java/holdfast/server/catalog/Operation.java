package holdfast.server.catalog;

import java.util.Locale;
import java.util.Optional;

/** What is done through a protocol. */
public enum Operation {
    READ,
    WRITE,
    DELETE,
    THIRD_PARTY_COPY_READ,
    THIRD_PARTY_COPY_WRITE;

    /** As clients write it, such as {@code third_party_copy_read}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Copies between two elements go over the wide area only. */
    public boolean isOf(Domain domain) {
        return switch (this) {
            case READ, WRITE, DELETE -> true;
            case THIRD_PARTY_COPY_READ, THIRD_PARTY_COPY_WRITE -> domain == Domain.WAN;
        };
    }

    /** Empty where no operation is called so. */
    public static Optional<Operation> called(String word) {
        for (Operation operation : values()) {
            if (operation.word().equals(word.toLowerCase(Locale.ROOT))) {
                return Optional.of(operation);
            }
        }
        return Optional.empty();
    }
}
