package holdfast.server.catalog;

import holdfast.plan.Attributes;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import java.util.List;
import java.util.Optional;

/** What is to be put into one collection. */
public record Attachment(DataId parent, List<Child> children) {
    public Attachment {
        children = List.copyOf(children);
    }

    public static Attachment of(DataId parent, List<DataId> children) {
        return new Attachment(parent, children.stream().map(Child::of).toList());
    }

    /**
     * A child, and what its bringer says of it: what is said must be what the catalogue knows.
     *
     * @param meta of a file that is registered by being put into an archive
     */
    public record Child(
            DataId id, Optional<Long> bytes, Optional<Digest> adler32, Optional<Digest> md5, Attributes meta) {
        public static Child of(DataId id) {
            return new Child(id, Optional.empty(), Optional.empty(), Optional.empty(), Attributes.NONE);
        }
    }
}
