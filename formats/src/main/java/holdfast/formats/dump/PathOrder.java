package holdfast.formats.dump;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** The order {@code StoragePath.BY_FILE} on the UTF-8 bytes of paths, whose order is that of their code points. */
public final class PathOrder implements Comparator<byte[]>, Serializable {
    public static final PathOrder BY_FILE = new PathOrder();
    private static final long serialVersionUID = 1;
    private static final byte[] REWRITTEN = ".rewritten-".getBytes(StandardCharsets.US_ASCII);

    private PathOrder() {}

    @Override
    public int compare(byte[] one, byte[] other) {
        return compare(one, one.length, other, other.length);
    }

    /** Compares two lines by the paths that they begin with. */
    static int compare(TextLine one, TextLine other) {
        return compare(one.bytes(), one.pathLength(), other.bytes(), other.pathLength());
    }

    /** The bytes of the path of the file's first writing. */
    public static byte[] plain(byte[] path) {
        int begin = numberEnd(path, path.length) + 1;
        return begin == 0 ? path : Arrays.copyOfRange(path, begin, path.length);
    }

    private static int compare(byte[] one, int oneEnd, byte[] other, int otherEnd) {
        int oneNumber = numberEnd(one, oneEnd);
        int otherNumber = numberEnd(other, otherEnd);
        int byPlain = Arrays.compareUnsigned(one, oneNumber + 1, oneEnd, other, otherNumber + 1, otherEnd);
        if (byPlain != 0 || (oneNumber < 0 && otherNumber < 0)) {
            return byPlain;
        }
        int byWriting = Integer.compare(writing(one, oneNumber), writing(other, otherNumber));
        return byWriting != 0 ? byWriting : Arrays.compareUnsigned(one, 0, oneEnd, other, 0, otherEnd);
    }

    private static int writing(byte[] path, int numberEnd) {
        if (numberEnd < 0 || numberEnd - REWRITTEN.length > 9) {
            return 0;
        }
        int writing = 0;
        for (int i = REWRITTEN.length; i < numberEnd; i++) {
            writing = writing * 10 + (path[i] - '0');
        }
        return writing;
    }

    /** Where the number of a later writing's folder ends; -1 for a path in no such folder. */
    private static int numberEnd(byte[] path, int end) {
        int begin = REWRITTEN.length;
        if (end <= begin || path[0] != '.' || !Arrays.equals(path, 0, begin, REWRITTEN, 0, begin)) {
            return -1;
        }
        int i = begin;
        while (i < end && path[i] >= '0' && path[i] <= '9') {
            i++;
        }
        return i > begin && i < end && path[i] == '/' ? i : -1;
    }

    private Object readResolve() {
        return BY_FILE;
    }
}
