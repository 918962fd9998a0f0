package holdfast.server.work;

import holdfast.server.sql.FileCopy;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.StoragePath;

/** Bytes that are to be read and compared: where they lie, how many there should be, and their accession digests. */
record Target(StoragePath path, ByteSize size, Digests digests) {
    static Target of(FileCopy copy) {
        return new Target(copy.copy().path(), copy.file().size(), copy.file().digests());
    }
}
