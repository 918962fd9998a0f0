package holdfast.server.catalog;

import holdfast.catalog.CollectionRow;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.DataId;
import java.time.Duration;
import java.util.Optional;

/**
 * A collection to be made.
 *
 * @param account whose it is
 * @param monotonic whether its content may only grow
 * @param metadata what is said of it, as {@link Metadata} keeps it
 * @param lifetime after which it goes
 */
public record NewCollection(
        DataId id,
        CollectionRow.Kind kind,
        AccountName account,
        boolean monotonic,
        Metadata metadata,
        Optional<Duration> lifetime) {

    /** A collection of which nothing is said. */
    public static NewCollection of(DataId id, CollectionRow.Kind kind, AccountName account) {
        return new NewCollection(id, kind, account, false, Metadata.NONE, Optional.empty());
    }
}
