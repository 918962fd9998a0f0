package holdfast.formats;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Collects what is wrong with one file, so that a reader never stops at the first. */
final class Findings {
    private final String fileName;
    /** A set, since one bad value may be asked for twice. */
    private final Set<Finding> found = new LinkedHashSet<>();

    Findings(String fileName) {
        this.fileName = fileName;
    }

    void add(Spot at, String what, String hint) {
        found.add(new Finding(at.line(), at.column(), what, hint));
    }

    /** Something unknown where certain words are allowed. */
    void unknown(Spot at, String what, String word, Collection<String> known) {
        add(at, what + " '" + word + "' is not known", Nearest.hint(word, known));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** The value, built only when nothing is wrong. */
    <T> Result<T> result(Supplier<T> value) {
        return found.isEmpty() ? new Result.Read<>(value.get()) : new Result.Refused<>(fileName, all());
    }

    List<Finding> all() {
        return found.stream().sorted().toList();
    }
}
