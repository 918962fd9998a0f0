package holdfast.cli.adopt;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** What comes one by one, in lists of at most so many. */
final class Some<T> implements Iterator<List<T>> {
    private final Iterator<T> each;
    private final int most;

    Some(Iterator<T> each, int most) {
        this.each = each;
        this.most = most;
    }

    @Override
    public boolean hasNext() {
        return each.hasNext();
    }

    @Override
    public List<T> next() {
        if (!each.hasNext()) {
            throw new NoSuchElementException();
        }
        List<T> some = new ArrayList<>();
        while (some.size() < most && each.hasNext()) {
            some.add(each.next());
        }
        return some;
    }
}
