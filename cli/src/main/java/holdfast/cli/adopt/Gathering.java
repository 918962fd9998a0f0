package holdfast.cli.adopt;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** What comes one by one as portions: as many as one call of the server takes. */
final class Gathering<T> implements Iterator<Portion<T>> {
    private final Iterator<T> each;
    private final ToIntFunction<T> weight;
    private @Nullable T over;

    /** @param weight how much of a call one takes; at most {@link Portion#MOST} */
    Gathering(Iterator<T> each, ToIntFunction<T> weight) {
        this.each = each;
        this.weight = weight;
    }

    static <T> Gathering<T> of(Iterator<T> each) {
        return new Gathering<>(each, one -> 1);
    }

    @Override
    public boolean hasNext() {
        return over != null || each.hasNext();
    }

    @Override
    public Portion<T> next() {
        List<T> gathered = new ArrayList<>();
        int sum = 0;
        while (hasNext()) {
            T one = over != null ? over : each.next();
            over = null;
            sum += weight.applyAsInt(one);
            if (sum > Portion.MOST && !gathered.isEmpty()) {
                over = one;
                break;
            }
            gathered.add(one);
        }
        if (gathered.isEmpty()) {
            throw new NoSuchElementException();
        }
        return to -> to.accept(gathered);
    }
}
