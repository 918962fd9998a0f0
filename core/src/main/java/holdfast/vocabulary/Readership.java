package holdfast.vocabulary;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** For whom evidence is written that does not hold everything. */
public enum Readership {
    /** Whoever comes. */
    PUBLIC,
    /** Whom the source of members names. */
    MEMBERS;

    /** As files and commands call it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Readership> of(String word) {
        return Arrays.stream(values()).filter(r -> r.word().equals(word)).findFirst();
    }
}
