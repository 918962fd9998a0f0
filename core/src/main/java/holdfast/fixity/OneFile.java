package holdfast.fixity;

import holdfast.vocabulary.StoragePath;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A stream in the order of files, taken one file with all its writings at a time. */
final class OneFile<T> {
    private final Iterator<T> rows;
    private final Function<T, StoragePath> path;
    private @Nullable T next;
    private String plain = "";

    OneFile(Iterator<T> rows, Function<T, StoragePath> path) {
        this.rows = rows;
        this.path = path;
        advance();
    }

    boolean hasNext() {
        return next != null;
    }

    /** The plain path of the next file; of the last one at the end. */
    String plain() {
        return plain;
    }

    /** The rows of a file, when it is the next one; none otherwise. */
    List<T> take(String file) {
        if (next == null || !plain.equals(file)) {
            return List.of();
        }
        T first = next;
        advance();
        if (next == null || !plain.equals(file)) {
            return List.of(first);
        }
        List<T> all = new ArrayList<>(List.of(first));
        while (next != null && plain.equals(file)) {
            all.add(next);
            advance();
        }
        return all;
    }

    private void advance() {
        T before = next;
        next = rows.hasNext() ? rows.next() : null;
        if (next == null) {
            return;
        }
        StoragePath now = path.apply(next);
        if (before != null && StoragePath.BY_FILE.compare(path.apply(before), now) >= 0) {
            throw new IllegalArgumentException(
                    now + " follows " + path.apply(before) + ": sort by file, each path once");
        }
        plain = now.plain();
    }
}
