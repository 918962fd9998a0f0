package holdfast.journal;

/** An entry of the journal that cannot be read; nothing may go on from it. */
public final class BadEntry extends IllegalStateException {
    private static final long serialVersionUID = 1;

    public BadEntry(String what) {
        super(what);
    }
}
