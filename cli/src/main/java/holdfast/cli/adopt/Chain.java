package holdfast.cli.adopt;

import java.util.Iterator;

/** One after the other; the second is asked for nothing before the first has ended. */
record Chain<T>(Iterator<T> first, Iterator<T> second) implements Iterator<T> {
    @Override
    public boolean hasNext() {
        return first.hasNext() || second.hasNext();
    }

    @Override
    public T next() {
        return first.hasNext() ? first.next() : second.next();
    }
}
