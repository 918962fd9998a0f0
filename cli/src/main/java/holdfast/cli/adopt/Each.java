package holdfast.cli.adopt;

import java.util.Iterator;
import java.util.function.Function;

/** Each as something else. */
record Each<F, T>(Iterator<F> from, Function<F, T> as) implements Iterator<T> {
    @Override
    public boolean hasNext() {
        return from.hasNext();
    }

    @Override
    public T next() {
        return as.apply(from.next());
    }
}
