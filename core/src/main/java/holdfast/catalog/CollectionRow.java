package holdfast.catalog;

import holdfast.journal.Line;
import holdfast.journal.Micros;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.time.Instant;
import java.util.Optional;

/**
 * The current state of one collection: a dataset holds files, a container holds datasets and containers.
 *
 * @param open whether its content may change
 * @param monotonic whether its content may only grow
 * @param extent its content, added up when it was closed; empty while it is open
 * @param metadata what its keepers say of it: a JSON object, never empty text
 * @param removed whether it is gone; its name is never given again
 */
public record CollectionRow(
        DataId id,
        Kind kind,
        AccountName account,
        boolean open,
        boolean monotonic,
        Times times,
        Optional<Extent> extent,
        String metadata,
        boolean removed) {

    /** What a collection holds. */
    public enum Kind {
        DATASET,
        CONTAINER
    }

    /** When something became of a collection. */
    public record Times(Instant created, Instant updated, Optional<Instant> closed, Optional<Instant> expires) {
        public Times {
            created = Micros.cut(created);
            updated = Micros.cut(updated);
            closed = closed.map(Micros::cut);
            expires = expires.map(Micros::cut);
        }
    }

    /** Files and bytes of a content, those of its children's content included. */
    public record Extent(long files, long bytes) {}

    /** A new collection, open. */
    public static CollectionRow begin(DataId id, Kind kind, AccountName account, String metadata, Instant now) {
        Times times = new Times(now, now, Optional.empty(), Optional.empty());
        return new CollectionRow(id, kind, account, true, false, times, Optional.empty(), metadata, false);
    }

    public CollectionRow close(Extent content, Instant at) {
        Times next = new Times(times.created, at, Optional.of(at), times.expires);
        return new CollectionRow(id, kind, account, false, monotonic, next, Optional.of(content), metadata, removed);
    }

    public CollectionRow reopen(Instant at) {
        Times next = new Times(times.created, at, Optional.empty(), times.expires);
        return new CollectionRow(id, kind, account, true, monotonic, next, Optional.empty(), metadata, removed);
    }

    public CollectionRow withMonotonic(boolean only, Instant at) {
        return new CollectionRow(id, kind, account, open, only, updated(at), extent, metadata, removed);
    }

    public CollectionRow withMetadata(String next, Instant at) {
        return new CollectionRow(id, kind, account, open, monotonic, updated(at), extent, next, removed);
    }

    public CollectionRow withAccount(AccountName owner, Instant at) {
        return new CollectionRow(id, kind, owner, open, monotonic, updated(at), extent, metadata, removed);
    }

    public CollectionRow expiring(Optional<Instant> when, Instant at) {
        Times next = new Times(times.created, at, times.closed, when);
        return new CollectionRow(id, kind, account, open, monotonic, next, extent, metadata, removed);
    }

    public CollectionRow remove(Instant at) {
        return new CollectionRow(id, kind, account, false, monotonic, updated(at), extent, metadata, true);
    }

    /** Brings back a collection that was removed, empty and without an end. */
    public CollectionRow restore(Instant at) {
        Times next = new Times(times.created, at, Optional.empty(), Optional.empty());
        return new CollectionRow(id, kind, account, true, monotonic, next, Optional.empty(), metadata, false);
    }

    private Times updated(Instant at) {
        return new Times(times.created, at, times.closed, times.expires);
    }

    /** Writes the row's fields, in the order of version 1. */
    public Line.Writer write(Line.Writer line) {
        line.put(id.scope()).put(id.name()).put(kind).put(account).put(open ? 1 : 0);
        line.put(monotonic ? 1 : 0).time(times.created).time(times.updated).time(times.closed);
        line.time(times.expires).put(extent.map(Extent::files)).put(extent.map(Extent::bytes));
        return line.put(metadata).put(removed ? 1 : 0);
    }

    /** Reads the fields that {@link #write} wrote. */
    public static CollectionRow read(Line.Reader line) {
        DataId id = new DataId(new Scope(line.text()), line.text());
        Kind kind = Kind.valueOf(line.text());
        AccountName account = new AccountName(line.text());
        boolean open = line.number() == 1;
        boolean monotonic = line.number() == 1;
        Times times = new Times(line.time(), line.time(), line.maybeTime(), line.maybeTime());
        Optional<Long> files = line.maybe().map(Long::valueOf);
        Optional<Long> bytes = line.maybe().map(Long::valueOf);
        Optional<Extent> extent = files.flatMap(f -> bytes.map(b -> new Extent(f, b)));
        return new CollectionRow(id, kind, account, open, monotonic, times, extent, line.text(), line.number() == 1);
    }
}
