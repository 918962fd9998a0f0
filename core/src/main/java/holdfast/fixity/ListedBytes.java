package holdfast.fixity;

import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.StoragePath;

/**
 * What a storage element says stands at a path, as a dump of its listing carries it.
 *
 * @param digests what the element itself states; often none
 */
public record ListedBytes(StoragePath path, ByteSize size, Digests digests) {}
