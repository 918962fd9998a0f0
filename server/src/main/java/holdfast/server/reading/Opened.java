package holdfast.server.reading;

import holdfast.vocabulary.StorageName;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** What came of opening a file for somebody. */
public sealed interface Opened {
    /**
     * Bytes, of which the first were read already.
     *
     * @param passedOver what was wrong with better copies, for people
     */
    record Bytes(StorageName from, InputStream content, List<String> passedOver) implements Opened, AutoCloseable {
        public Bytes {
            passedOver = List.copyOf(passedOver);
        }

        @Override
        public void close() throws IOException {
            content.close();
        }
    }

    /** Every copy that could be read lies on tape; it is being brought. */
    record OnTape(String doing) implements Opened {}

    /** No copy can be read now; the words say why of each. */
    record Nowhere(String why) implements Opened {}
}
