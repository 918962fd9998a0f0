package holdfast.server.sql;

import holdfast.catalog.CollectionRow;
import holdfast.catalog.DidType;
import holdfast.catalog.FileRow;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.DataId;

/** What stands behind a name: a file or a collection. */
public sealed interface Catalogued {
    DataId id();

    DidType type();

    /** Who brought it here. */
    AccountName account();

    record OfFile(FileRow row) implements Catalogued {
        @Override
        public DataId id() {
            return row.id();
        }

        @Override
        public DidType type() {
            return DidType.FILE;
        }

        @Override
        public AccountName account() {
            return Catalogued.ownerOf(row);
        }
    }

    /** @param number its number in this database */
    record OfCollection(long number, CollectionRow row) implements Catalogued {
        @Override
        public DataId id() {
            return row.id();
        }

        @Override
        public DidType type() {
            return DidType.of(row.kind());
        }

        @Override
        public AccountName account() {
            return row.account();
        }
    }

    /** A file's source where that may be an account's name; sources of other forms belong to root. */
    static AccountName ownerOf(FileRow file) {
        return AccountName.isOne(file.source().name())
                ? new AccountName(file.source().name())
                : AccountName.ROOT;
    }
}
