package holdfast.server.catalog;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What clients tell of copies, as rows; and rows, as people are told of them. */
final class Told {
    private Told() {}

    /** A copy that somebody says is there. */
    static CopyRow claimed(DataId id, StorageName storage, StoragePath path, Instant now) {
        return new CopyRow(
                id,
                storage,
                CopyState.CLAIMED,
                path,
                0,
                Optional.empty(),
                now,
                Optional.empty(),
                now,
                Optional.empty());
    }

    static String digests(Digests digests) {
        String all = Arrays.stream(Algorithm.values())
                .flatMap(a -> digests.by(a).stream())
                .map(Digest::toString)
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "no digest known" : all;
    }
}
