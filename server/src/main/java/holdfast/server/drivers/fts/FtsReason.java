package holdfast.server.drivers.fts;

import holdfast.storage.ThirdPartyCopy.Ended;
import holdfast.storage.ThirdPartyCopy.Fault;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the reason of a failed file means. FTS3 writes the end that it blames and an errno in brackets before the words, such as
 * {@code DESTINATION [28] No space left on device}; what could not be brought online is blamed on {@code STAGING}, what was not
 * archived in time on {@code ARCHIVING}.
 */
final class FtsReason {
    private static final Pattern NUMBER = Pattern.compile("\\[(\\d{1,3})]");

    private FtsReason() {}

    static Ended ended(String reason) {
        String words = reason.toLowerCase(Locale.ROOT);
        // It may be ours, from an attempt of which FTS3 did not see the end; or the bytes were copied, and FTS3 was not
        // told in time that they are archived. The look decides.
        if (words.contains("file exists") || words.contains("already exists") || words.startsWith("archiving")) {
            return new Ended.Unknown(reason);
        }
        return new Ended.Failure(fault(words), reason);
    }

    private static Fault fault(String words) {
        if (words.startsWith("staging")) {
            return Fault.SOURCE;
        }
        return switch (number(words)) {
            // ENOSPC, EDQUOT, EROFS
            case 28, 122, 30 -> Fault.DESTINATION;
            // ENOENT, EPERM, EACCES: whose, says the end that is blamed
            case 2, 1, 13 -> words.startsWith("destination") ? Fault.DESTINATION : Fault.SOURCE;
            default -> byWords(words);
        };
    }

    private static Fault byWords(String words) {
        if (words.contains("no space") || words.contains("quota") || words.contains("insufficient storage")) {
            return Fault.DESTINATION;
        }
        boolean refused = words.contains("permission denied")
                || words.contains("forbidden")
                || words.contains("unauthorized")
                || words.contains("token");
        if (refused) {
            return words.startsWith("source") ? Fault.SOURCE : Fault.DESTINATION;
        }
        boolean bad =
                words.contains("no such file") || words.contains("not found") || words.contains("source checksum");
        return bad ? Fault.SOURCE : Fault.TRANSIENT;
    }

    private static int number(String words) {
        Matcher number = NUMBER.matcher(words);
        return number.find() ? Integer.parseInt(number.group(1)) : 0;
    }
}
