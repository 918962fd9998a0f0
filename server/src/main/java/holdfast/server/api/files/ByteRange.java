package holdfast.server.api.files;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file: its first byte and its last one, both counted from 0 and both inclusive (RFC 9110, section 14).
 *
 * @param last one less than {@code first} where nothing is asked for of an empty file
 */
record ByteRange(long first, long last) {
    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    static ByteRange whole(long size) {
        return new ByteRange(0, size - 1);
    }

    long length() {
        return last - first + 1;
    }

    /** As {@code Content-Range} says it. */
    String of(long size) {
        return "bytes %d-%d/%d".formatted(first, last, size);
    }

    /**
     * What a {@code Range} header asks for.
     *
     * @return empty where it asks for several parts or in other units: the whole file is the answer then
     * @throws Refusal.Told where no byte of the file is in the range
     */
    static Optional<ByteRange> of(String header, long size) {
        Matcher one = ONE.matcher(header.strip());
        if (!one.matches() || one.group(1).isEmpty() && one.group(2).isEmpty()) {
            return Optional.empty();
        }
        if (one.group(1).isEmpty()) {
            long length = Math.min(Long.parseLong(one.group(2)), size);
            return within(size - length, size - 1, size);
        }
        long first = Long.parseLong(one.group(1));
        long last = one.group(2).isEmpty() ? size - 1 : Math.min(Long.parseLong(one.group(2)), size - 1);
        return !one.group(2).isEmpty() && Long.parseLong(one.group(2)) < first
                ? Optional.empty()
                : within(first, last, size);
    }

    private static Optional<ByteRange> within(long first, long last, long size) {
        if (first >= size) {
            throw new Refusal.Told(
                    Refusal.NO_SUCH_RANGE,
                    "the file has %d bytes, and bytes from %d were asked for".formatted(size, first));
        }
        return Optional.of(new ByteRange(first, last));
    }
}
