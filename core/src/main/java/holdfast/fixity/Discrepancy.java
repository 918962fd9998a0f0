package holdfast.fixity;

import holdfast.vocabulary.StoragePath;

/** Something on which the catalogue and an element's listing do not agree. */
public sealed interface Discrepancy {
    /** Where the bytes stand or should stand. */
    StoragePath path();

    /** A row expects bytes, and none are listed. */
    record Missing(RecordedCopy recorded) implements Discrepancy {
        @Override
        public StoragePath path() {
            return recorded.path();
        }
    }

    /** Bytes are listed, and no row names them. */
    record Dark(ListedBytes listed) implements Discrepancy {
        @Override
        public StoragePath path() {
            return listed.path();
        }
    }

    /** Bytes are listed where a row expects them, and their size or a checksum is another one. */
    record Different(RecordedCopy recorded, ListedBytes listed) implements Discrepancy {
        @Override
        public StoragePath path() {
            return listed.path();
        }
    }
}
