package holdfast.cli.adopt;

import java.io.Closeable;
import java.util.Iterator;
import java.util.OptionalLong;

/**
 * All there is of one kind, in portions; reading goes on while they are asked for.
 *
 * @param total how many there are, where it is known
 * @param behind what must be closed when no more is asked for
 */
record Portions<T>(OptionalLong total, Iterator<Portion<T>> each, Closeable behind) {}
