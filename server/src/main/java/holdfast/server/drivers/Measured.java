package holdfast.server.drivers;

import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.Digests;

/** What one whole pass over some bytes found: how many there were, and the digests that were asked for. */
public record Measured(ByteSize size, Digests digests) {}
