package holdfast.server.drivers;

import holdfast.storage.Locator;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** Where a file lies on tape: the number of its cartridge, from 1, and its position on it, from 1. */
record TapePosition(int cartridge, long position) {
    private static final Pattern NAME = Pattern.compile("[0-9]{9}");

    /** A cartridge's label, as its folder is named. */
    static String label(int cartridge) {
        return String.format(Locale.ROOT, "%04d", cartridge);
    }

    /** The name of the file on the cartridge. */
    String fileName() {
        return String.format(Locale.ROOT, "%09d", position);
    }

    /** Whether a file on a cartridge bears the name of a position. */
    static boolean isName(Path file) {
        return NAME.matcher(file.getFileName().toString()).matches();
    }

    /** The durable address, such as {@code 0003:17}. */
    Locator locator() {
        return new Locator(label(cartridge) + ":" + position);
    }
}
