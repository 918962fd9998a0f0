package holdfast.formats.dump;

/**
 * Something wrong at a place in a dump; {@link DumpFile#explain} turns the place into a line number.
 */
public final class BadRow extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long place;
    private final long earlier;
    private final String hint;

    /** @param place how many bytes of the file stand before the line */
    public BadRow(long place, String what, String hint) {
        this(place, -1, what, hint);
    }

    /** @param earlier where an earlier line begins that this one contradicts; -1 where there is none */
    public BadRow(long place, long earlier, String what, String hint) {
        super(what);
        this.place = place;
        this.earlier = earlier;
        this.hint = hint;
    }

    public long place() {
        return place;
    }

    public long earlier() {
        return earlier;
    }

    public String hint() {
        return hint;
    }
}
