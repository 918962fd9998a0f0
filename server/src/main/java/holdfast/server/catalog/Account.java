package holdfast.server.catalog;

import holdfast.vocabulary.AccountName;
import java.time.Instant;
import java.util.Optional;

/** An account as it stands. Its mail is kept apart, for it can be erased. */
public record Account(AccountName name, Type type, Status status, Times times) {

    /** What an account stands for. */
    public enum Type {
        USER,
        GROUP,
        SERVICE
    }

    /** Whether an account may act; one that is deleted keeps its name and what is its own. */
    public enum Status {
        ACTIVE,
        SUSPENDED,
        DELETED
    }

    /** When something became of an account. */
    public record Times(Instant created, Instant updated, Optional<Instant> suspended, Optional<Instant> deleted) {}

    boolean isActive() {
        return status == Status.ACTIVE;
    }
}
