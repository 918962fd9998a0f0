package holdfast.server.catalog;

/** What may be done with an element now. */
public record Availability(boolean read, boolean write, boolean delete) {
    private static final int READ = 4;
    private static final int WRITE = 2;
    private static final int DELETE = 1;

    public static final Availability ALL = new Availability(true, true, true);

    /** The old form: 4 for reading, 2 for writing, 1 for deleting, added up. */
    public int number() {
        return (read ? READ : 0) + (write ? WRITE : 0) + (delete ? DELETE : 0);
    }

    public static Availability of(long number) {
        return new Availability((number & READ) != 0, (number & WRITE) != 0, (number & DELETE) != 0);
    }

    /** What both allow. */
    Availability and(Availability other) {
        return new Availability(read && other.read, write && other.write, delete && other.delete);
    }
}
