package holdfast.formats.dump;

import holdfast.catalog.CopyState;
import holdfast.fixity.ListedBytes;
import holdfast.fixity.RecordedCopy;
import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.StoragePath;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.StringJoiner;

/** Rows of dumps as lines, and lines as rows. No field can hold a tab: paths and names hold no control characters. */
public final class DumpText {
    static final String NONE = "-";
    private static final String BETWEEN = ",";

    private DumpText() {}

    public static String line(RecordedCopy copy) {
        return copy.path() + "\t" + copy.size() + "\t" + text(copy.digests()) + "\t" + copy.state() + "\t"
                + copy.writtenAt() + "\t" + copy.id();
    }

    public static String line(ListedBytes bytes) {
        return bytes.path() + "\t" + bytes.size() + "\t" + text(bytes.digests());
    }

    /** @throws BadRow when the line is no row of a catalogue dump */
    public static RecordedCopy recorded(TextLine line) {
        String[] fields = fields(line, DumpKind.CATALOGUE);
        try {
            return new RecordedCopy(
                    new StoragePath(fields[0]),
                    size(fields[1]),
                    digests(fields[2]),
                    state(fields[3]),
                    Instant.parse(fields[4]),
                    DataId.parse(fields[5]));
        } catch (BadWord | DateTimeException bad) {
            throw wrong(line, bad);
        }
    }

    /** @throws BadRow when the line is no row of a listing dump */
    public static ListedBytes listed(TextLine line) {
        String[] fields = fields(line, DumpKind.LISTING);
        try {
            return new ListedBytes(new StoragePath(fields[0]), size(fields[1]), digests(fields[2]));
        } catch (BadWord bad) {
            throw wrong(line, bad);
        }
    }

    static String text(Digests digests) {
        StringJoiner text = new StringJoiner(BETWEEN);
        text.setEmptyValue(NONE);
        for (Algorithm algorithm : Algorithm.values()) {
            digests.by(algorithm).ifPresent(digest -> text.add(digest.toString()));
        }
        return text.toString();
    }

    private static BadRow wrong(TextLine line, RuntimeException bad) {
        return new BadRow(
                line.place(), String.valueOf(bad.getMessage()), "take the dump again, or mend this line of it");
    }

    private static String[] fields(TextLine line, DumpKind kind) {
        String[] fields = line.text().split("\t", -1);
        if (fields.length != kind.columns().size()) {
            throw new BadRow(
                    line.place(),
                    "the line has " + fields.length + " fields instead of "
                            + kind.columns().size(),
                    "write " + String.join(", ", kind.columns()) + " with tabs between, and '-' where no checksum is"
                            + " known");
        }
        return fields;
    }

    private static ByteSize size(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 15 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) {
            throw new BadWord("size", text, "a number of bytes in 1 to 15 digits");
        }
        return new ByteSize(Long.parseLong(text));
    }

    private static CopyState state(String text) {
        for (CopyState state : CopyState.values()) {
            if (state.name().equals(text)) {
                return state;
            }
        }
        throw new BadWord("state of a copy", text, "one of " + java.util.Arrays.toString(CopyState.values()));
    }

    private static Digests digests(String text) {
        if (text.equals(NONE)) {
            return Digests.NONE;
        }
        Digests digests = Digests.NONE;
        for (String one : text.split(BETWEEN, -1)) {
            Digest digest = digest(one);
            if (digests.by(digest.algorithm()).isPresent()) {
                throw new BadWord("checksums", text, "one value for each algorithm");
            }
            digests = digests.with(digest);
        }
        return digests;
    }

    private static Digest digest(String text) {
        int colon = text.indexOf(':');
        Optional<Algorithm> algorithm = colon < 0 ? Optional.empty() : algorithm(text.substring(0, colon));
        if (algorithm.isEmpty()) {
            throw new BadWord("checksum", text, "adler32:, md5: or sha256: and hex digits, or '-' for none");
        }
        return new Digest(algorithm.get(), text.substring(colon + 1));
    }

    private static Optional<Algorithm> algorithm(String label) {
        for (Algorithm algorithm : Algorithm.values()) {
            if (algorithm.label().equals(label)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }
}
