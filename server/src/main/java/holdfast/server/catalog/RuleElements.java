package holdfast.server.catalog;

import holdfast.vocabulary.StorageName;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What the rules ask about elements. */
public interface RuleElements {
    /** The elements that an expression names; 409 InvalidRSEExpression where it names none or cannot be read. */
    Set<StorageName> matching(String expression);

    /** Whether new copies may be written there now. */
    boolean isWritable(StorageName element);

    /** An element by its name; 404 RSENotFound where there is none. */
    StorageName named(String name);

    Optional<String> attribute(StorageName element, String key);

    /** The id by which clients know the element. */
    UUID id(StorageName element);
}
