package holdfast.cli.adopt;

import holdfast.formats.Json;
import holdfast.formats.rucio.BadSource;
import holdfast.vocabulary.CodePoints;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** One side's listing in the order of names, each name once; its digest grows as it is read. */
final class Side {
    private final String whose;
    private final Iterator<Listed> files;
    private final MessageDigest digest = Digest.sha256();
    private @Nullable Listed head;
    private long read;

    Side(String whose, Iterator<Listed> files) {
        this.whose = whose;
        this.files = files;
        advance();
    }

    /** The next file; null behind the last one. */
    @Nullable
    Listed head() {
        return head;
    }

    long read() {
        return read;
    }

    void advance() {
        Listed before = head;
        head = files.hasNext() ? files.next() : null;
        if (head != null) {
            if (before != null && CodePoints.compare(before.name(), head.name()) >= 0) {
                throw new BadSource("the listing of " + whose + " is not in the order of names: " + head.name()
                        + " behind " + before.name() + "; is it of this version?");
            }
            read++;
            digest.update((Json.line(head) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** SHA-256 of the listing, which must have been read to its end. */
    String digest() {
        return Digest.of(Algorithm.SHA256, digest.digest()).hex();
    }
}
