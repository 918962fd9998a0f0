package holdfast.server.api.rucio.wire;

import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids as the client reads and writes them: the 32 hexadecimal digits of a UUID. */
public final class Ids {
    private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{32}");
    private static final HexFormat HEX = HexFormat.of();

    private Ids() {}

    public static String text(UUID id) {
        return HEX.toHexDigits(id.getMostSignificantBits()) + HEX.toHexDigits(id.getLeastSignificantBits());
    }

    /** Reads 32 digits, or a UUID with its dashes; empty where the text is neither. */
    public static Optional<UUID> read(String text) {
        String digits = text.replace("-", "");
        if (!FORM.matcher(digits).matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new UUID(HexFormat.fromHexDigitsToLong(digits, 0, 16), HexFormat.fromHexDigitsToLong(digits, 16, 32)));
    }
}
