package holdfast.access;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Of which moment the source's last word is: a document of its own, {@value #KIND}/{@value #KEY}, whose text is a JSON string, so that a
 * verdict on who is let in can be taken again from the journal alone.
 */
public record SourceWord(Instant said) {
    public static final String KIND = "member-word";
    public static final String KEY = "said";

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
