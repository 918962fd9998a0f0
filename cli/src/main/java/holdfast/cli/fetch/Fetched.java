package holdfast.cli.fetch;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of one file.
 *
 * @param file where it lies, or would lie
 * @param verified the digest that was compared: {@code sha256}, {@code md5}, or {@code adler32} where nothing else is
 *     known; null where nothing was
 * @param source the element that the last bytes came from; null where none came
 * @param via how they came
 * @param resumed bytes that an earlier run had brought
 * @param tried sources that did not do, and why
 */
public record Fetched(
        String did,
        String file,
        Outcome outcome,
        long bytes,
        @Nullable String verified,
        @Nullable String source,
        @Nullable String via,
        long resumed,
        @Nullable String problem,
        List<Tried> tried) {

    public Fetched {
        tried = List.copyOf(tried);
    }

    /** How it ended. */
    public enum Outcome {
        FETCHED,
        /** It was there, and its digest is right. */
        ALREADY,
        /** Its only copies are being brought from tape. */
        ON_TAPE,
        /** Nothing was tried: the words say why. */
        REFUSED,
        /** No source gave the right bytes. */
        FAILED;

        public boolean isGood() {
            return this == FETCHED || this == ALREADY;
        }
    }

    /** A source that did not do. */
    public record Tried(String source, String via, String problem) {}

    static Fetched refused(Wanted wanted, String problem) {
        return bad(wanted, Outcome.REFUSED, problem, List.of());
    }

    static Fetched bad(Wanted wanted, Outcome outcome, String problem, List<Tried> tried) {
        return new Fetched(
                wanted.id().toString(), wanted.target().toString(), outcome, 0, null, null, null, 0, problem, tried);
    }

    static Fetched already(Wanted wanted, long bytes, String verified) {
        return new Fetched(
                wanted.id().toString(),
                wanted.target().toString(),
                Outcome.ALREADY,
                bytes,
                verified,
                null,
                null,
                0,
                null,
                List.of());
    }

    /** How the bytes came. */
    record Came(Optional<String> source, String via, long resumed, String verified) {}

    static Fetched good(Wanted wanted, long bytes, Came came, List<Tried> tried) {
        return new Fetched(
                wanted.id().toString(),
                wanted.target().toString(),
                Outcome.FETCHED,
                bytes,
                came.verified,
                came.source.orElse(null),
                came.via,
                came.resumed,
                null,
                tried);
    }
}
