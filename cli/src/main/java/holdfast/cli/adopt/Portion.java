package holdfast.cli.adopt;

import java.util.List;
import java.util.function.Consumer;

/** A piece of what is to be read, small enough for one worker; what it finds comes in lists of at most {@value #MOST}. */
interface Portion<T> {
    /** How much one call of the server takes. */
    int MOST = 1_000;

    /** Reads it; may be called once. */
    void read(Consumer<List<T>> to);
}
