package holdfast.ingest;

import holdfast.plan.Attributes;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.Scope;
import java.util.Optional;

/**
 * What a source says of a file that it brings: the last place where a name is a bare string.
 *
 * @param name as the source spells it
 * @param scope the scope it states; empty where the policy reads it from the name
 * @param stated digests from a manifest or job record of the source; none when the source states none
 * @param source which source brings it, such as a data-acquisition host
 */
public record Submission(
        String name, Optional<Scope> scope, ByteSize size, Digests stated, Attributes attributes, String source) {}
