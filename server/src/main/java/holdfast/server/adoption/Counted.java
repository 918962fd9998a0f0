package holdfast.server.adoption;

/**
 * How much of a batch was new.
 *
 * @param known what stood here already, just so
 */
public record Counted(long registered, long known) {
    static final Counted NONE = new Counted(0, 0);

    Counted plus(long more, long already) {
        return new Counted(registered + more, known + already);
    }
}
