package holdfast.catalog;

import holdfast.journal.Line;
import holdfast.journal.Micros;
import holdfast.storage.Locator;
import holdfast.storage.ProofKind;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.time.Instant;
import java.util.Optional;

/**
 * The current state of one copy: a file at a storage element.
 *
 * @param writing how often bytes of this file were written to this element before, from 0
 * @param locator its durable address; a disk's path serves as its own
 * @param writtenAt when its bytes were written last
 * @param proof the last time it was shown to be right, and how
 * @param since when it took its present state
 * @param finding what the last inspection saw, for people; empty while all is well
 */
public record CopyRow(
        DataId id,
        StorageName storage,
        CopyState state,
        StoragePath path,
        int writing,
        Optional<Locator> locator,
        Instant writtenAt,
        Optional<Proof> proof,
        Instant since,
        Optional<String> finding) {

    public CopyRow {
        writtenAt = Micros.cut(writtenAt);
        since = Micros.cut(since);
    }

    /**
     * When and how a copy was shown to be right.
     *
     * @param fromMedium whether the medium itself was read at some time since the last write
     */
    public record Proof(Instant at, ProofKind kind, boolean fromMedium) {
        public Proof {
            at = Micros.cut(at);
        }
    }

    public CopyRow state(CopyState next, Instant at, Optional<String> why) {
        return new CopyRow(id, storage, next, path, writing, locator, writtenAt, proof, at, why);
    }

    public CopyRow proved(Proof next, Optional<Locator> where) {
        Instant begin = state == CopyState.PROVED ? since : next.at();
        return new CopyRow(
                id,
                storage,
                CopyState.PROVED,
                path,
                writing,
                where.or(() -> locator),
                writtenAt,
                Optional.of(next),
                begin,
                Optional.empty());
    }

    /** With what a site says of it, which changes nothing of its state. */
    public CopyRow said(Proof saying, Locator where) {
        return new CopyRow(
                id, storage, state, path, writing, Optional.of(where), writtenAt, Optional.of(saying), since, finding);
    }

    /** Writes the row's fields, in the order of version 1. */
    public Line.Writer write(Line.Writer line) {
        line.put(id.scope())
                .put(id.name())
                .put(storage)
                .put(state)
                .put(path)
                .put(writing)
                .put(locator);
        line.time(writtenAt).time(proof.map(Proof::at)).put(proof.map(Proof::kind));
        return line.put(proof.map(p -> p.fromMedium() ? 1 : 0)).time(since).put(finding);
    }

    /** Reads the fields that {@link #write} wrote. */
    public static CopyRow read(Line.Reader line) {
        DataId id = new DataId(new Scope(line.text()), line.text());
        StorageName storage = new StorageName(line.text());
        CopyState state = CopyState.valueOf(line.text());
        StoragePath path = new StoragePath(line.text());
        int writing = (int) line.number();
        Optional<Locator> locator = line.maybe().map(Locator::new);
        Instant written = line.time();
        Optional<Instant> provedAt = line.maybeTime();
        Optional<ProofKind> kind = line.maybe().map(ProofKind::valueOf);
        boolean fromMedium = line.maybe().equals(Optional.of("1"));
        return new CopyRow(
                id,
                storage,
                state,
                path,
                writing,
                locator,
                written,
                provedAt.flatMap(at -> kind.map(k -> new Proof(at, k, fromMedium))),
                line.time(),
                line.maybe());
    }
}
