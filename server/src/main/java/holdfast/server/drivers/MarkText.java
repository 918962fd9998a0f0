package holdfast.server.drivers;

import holdfast.vocabulary.StorageName;
import java.util.List;
import java.util.UUID;

/** What stands in the mark at an element's root: which element it is, the same text for every kind of driver. */
public record MarkText(StorageName name, UUID identity) {
    /** What begins like this at the root of an element is ours and no file of the element. */
    public static final String HIDDEN = ".holdfast";

    /** The mark's own name at the root. */
    public static final String FILE = HIDDEN + "-element";

    /** No mark has more bytes than this. */
    public static final int MOST_BYTES = 4_096;

    private static final String TITLE = "holdfast storage element";

    /** A text that is no mark, or another element's; the message says what is wrong and where. */
    public static final class BadMark extends Exception {
        private static final long serialVersionUID = 1;

        BadMark(String message) {
            super(message);
        }
    }

    /**
     * Reads a mark and makes sure that it is the one of the element that we mean.
     *
     * @param place where it was read, for the complaint
     */
    public static MarkText read(String text, StorageName name, String place) throws BadMark {
        List<String> lines = text.lines().toList();
        if (lines.size() < 3 || !lines.getFirst().equals(TITLE)) {
            throw new BadMark("%s is not a mark of ours".formatted(place));
        }
        if (!lines.get(1).equals("name " + name)) {
            throw new BadMark(
                    "%s is marked as another element: '%s', not 'name %s'".formatted(place, lines.get(1), name));
        }
        try {
            return new MarkText(name, UUID.fromString(lines.get(2).substring("uuid ".length())));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new BadMark("%s does not end in a line 'uuid ...'".formatted(place));
        }
    }

    /** The text of the mark. */
    public String text() {
        return "%s\nname %s\nuuid %s\n".formatted(TITLE, name, identity);
    }
}
