package holdfast.server.drivers.s3;

import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.sync.RequestBody;

/** A portion that can be sent again: what was taken from its source already comes from what was kept, the rest from the source. */
final class Repeatable {
    private final Portion portion;
    private final Kept kept;

    Repeatable(Portion portion, Kept kept) {
        this.portion = portion;
        this.kept = kept;
        kept.next();
    }

    /** Whether its bytes can be had once more; not where the source itself failed. */
    boolean canRepeat() {
        return kept.isWhole() && portion.fault().isEmpty();
    }

    /** One try's body, of all its bytes; asked for a second time it goes on where it is, as that of a portion. */
    RequestBody body() {
        InputStream all = new FromBoth(kept.read());
        return RequestBody.fromContentProvider(() -> all, portion.length(), "application/octet-stream");
    }

    private final class FromBoth extends InputStream {
        private final InputStream before;

        FromBoth(InputStream before) {
            this.before = before;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = before.read(into, from, length);
            if (read >= 0) {
                return read;
            }
            int fresh = portion.read(into, from, length);
            if (fresh > 0) {
                kept.add(into, from, fresh);
            }
            return fresh;
        }
    }
}
