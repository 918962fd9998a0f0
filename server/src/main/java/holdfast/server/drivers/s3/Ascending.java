package holdfast.server.drivers.s3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Makes sure that a listing comes in the order of its keys, by the bytes of UTF-8, as the protocol promises. */
final class Ascending {
    private byte[] last = {};

    void next(String key) throws IOException {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        if (Arrays.compareUnsigned(last, bytes) > 0) {
            throw new IOException("the endpoint lists '%s' out of order: its listing proves nothing".formatted(key));
        }
        last = bytes;
    }
}
