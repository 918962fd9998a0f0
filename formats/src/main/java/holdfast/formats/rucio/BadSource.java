package holdfast.formats.rucio;

/** What an existing Rucio says cannot be read; the message names the place and the remedy. */
public final class BadSource extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BadSource(String message) {
        super(message);
    }
}
