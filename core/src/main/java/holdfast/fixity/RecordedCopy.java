package holdfast.fixity;

import holdfast.catalog.CopyState;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.StoragePath;
import java.time.Instant;

/**
 * What the catalogue says of one copy at an element, as a dump of the catalogue carries it.
 *
 * @param size of the file at accession
 * @param digests of the file at accession
 * @param writtenAt when the copy's bytes were written last
 */
public record RecordedCopy(
        StoragePath path, ByteSize size, Digests digests, CopyState state, Instant writtenAt, DataId id) {}
