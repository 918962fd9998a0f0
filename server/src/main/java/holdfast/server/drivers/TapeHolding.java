package holdfast.server.drivers;

import holdfast.vocabulary.ByteSize;
import java.util.Optional;

/** What the library knows of one file; without a position it waits online for its migration. */
record TapeHolding(ByteSize size, Optional<TapePosition> position) {}
