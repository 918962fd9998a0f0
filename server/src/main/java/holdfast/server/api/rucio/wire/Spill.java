package holdfast.server.api.rucio.wire;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Holds the beginning of an answer back, so that its status can still change; what is longer goes on as it comes. */
final class Spill extends OutputStream {
    private static final int HELD = 32 << 10;

    private final HttpServletResponse response;
    private final Runnable head;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(1 << 10);
    private boolean out;

    /** @param head sets status and headers; asked once, just before the first byte goes out */
    Spill(HttpServletResponse response, Runnable head) {
        this.response = response;
        this.head = head;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (!out && held.size() + length <= HELD) {
            held.write(bytes, from, length);
            return;
        }
        begin();
        response.getOutputStream().write(bytes, from, length);
    }

    private void begin() throws IOException {
        if (!out) {
            out = true;
            head.run();
            held.writeTo(response.getOutputStream());
        }
    }

    /** Sends what is held; a short answer says its length. */
    void finish() throws IOException {
        if (!out) {
            response.setContentLength(held.size());
        }
        begin();
    }
}
