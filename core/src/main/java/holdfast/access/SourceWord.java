package holdfast.access;

import holdfast.plan.MemberSource;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Of which moment the last word of a source of members is: a document of its own of kind {@value #KIND}, whose text is a JSON string, so that a
 * verdict on who is let in can be taken again from the journal alone.
 */
public record SourceWord(Instant said) {
    public static final String KIND = "member-word";

    /** The key of the document of a source's word. */
    public static String key(MemberSource.From source) {
        return source == MemberSource.From.GROUPS ? "seen" : "said";
    }

    /** The last word of each source, by the texts of the documents of this kind. */
    public static Map<MemberSource.From, Instant> words(Function<String, Optional<String>> texts) {
        Map<MemberSource.From, Instant> words = new EnumMap<>(MemberSource.From.class);
        for (MemberSource.From source : List.of(MemberSource.From.EXPORT, MemberSource.From.GROUPS)) {
            texts.apply(key(source)).flatMap(SourceWord::read).ifPresent(word -> words.put(source, word.said()));
        }
        return words;
    }

    /** The document's text. */
    public String text() {
        return '"' + said.toString() + '"';
    }

    /** Of a document's text; a text that is no moment is no word. */
    public static Optional<SourceWord> read(String text) {
        boolean quoted = text.length() > 2 && text.startsWith("\"") && text.endsWith("\"");
        try {
            return quoted
                    ? Optional.of(new SourceWord(Instant.parse(text.substring(1, text.length() - 1))))
                    : Optional.empty();
        } catch (DateTimeException notAMoment) {
            return Optional.empty();
        }
    }
}
