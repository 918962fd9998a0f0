package holdfast.ingest;

import holdfast.plan.Attributes;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.Digests;
import java.util.Optional;

/**
 * What a manifest states of one file, before any byte was read here.
 *
 * @param path where the manifest says the bytes lie, as it writes it
 * @param name the name the file is to have, where the manifest states one apart from its path
 * @param size empty where the manifest states no exact size
 * @param digests those that the source stated; never filled from bytes that happen to be there
 */
public record StatedFile(
        String path, Optional<String> name, Optional<ByteSize> size, Digests digests, Attributes attributes) {}
