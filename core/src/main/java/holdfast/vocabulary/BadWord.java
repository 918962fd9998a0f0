package holdfast.vocabulary;

/** A value that does not have the form its word asks for; the message names the word, the value and the form. */
public final class BadWord extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public BadWord(String word, String value, String form) {
        super("%s '%s' is not %s".formatted(word, value, form));
    }
}
