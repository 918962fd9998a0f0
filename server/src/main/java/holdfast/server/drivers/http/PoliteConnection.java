package holdfast.server.drivers.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.client5.http.impl.io.DefaultManagedHttpClientConnection;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HeaderElements;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * A connection that a server which said so may end first. The client's own way is a reset as soon as the answer is read; XRootD
 * before 5.5.4 can take a reset that comes while it ends a connection for an event of the next one on the same descriptor, and then
 * two of its threads read that one (xrootd/xrootd issue 1928).
 */
final class PoliteConnection extends DefaultManagedHttpClientConnection {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int SCRAP = 8 * 1024;
    private static final AtomicLong MADE = new AtomicLong();

    private volatile boolean ending;

    /** Names in headers are sent as they stand, which some servers need. */
    private PoliteConnection() {
        super(
                "element-" + MADE.getAndIncrement(),
                StandardCharsets.UTF_8.newDecoder(),
                StandardCharsets.UTF_8.newEncoder(),
                null,
                null,
                null,
                null,
                null);
    }

    static HttpConnectionFactory<ManagedHttpClientConnection> made() {
        return PoliteConnection::made;
    }

    private static PoliteConnection made(@Nullable Socket socket) throws IOException {
        PoliteConnection made = new PoliteConnection();
        if (socket != null) {
            made.bind(socket);
        }
        return made;
    }

    @Override
    protected void onResponseReceived(ClassicHttpResponse response) {
        super.onResponseReceived(response);
        Iterator<String> said = MessageSupport.iterateTokens(response, HttpHeaders.CONNECTION);
        while (said.hasNext()) {
            ending |= said.next().equalsIgnoreCase(HeaderElements.CLOSE);
        }
    }

    @Override
    public void close(CloseMode mode) {
        SocketHolder held = getSocketHolder();
        if (ending && held != null) {
            Thread.ofVirtual().name("parting").start(() -> part(held));
        } else {
            super.close(mode);
        }
    }

    /** Waits for the server's end, then ends too. */
    private void part(SocketHolder held) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        try {
            held.getSocket().setSoTimeout((int) PATIENCE.toMillis());
            InputStream in = held.getInputStream();
            byte[] scrap = new byte[SCRAP];
            while (in.read(scrap) >= 0 && System.nanoTime() < until) {
                // What else it sends is of no interest.
            }
        } catch (IOException e) {
            System.getLogger(PoliteConnection.class.getName())
                    .log(System.Logger.Level.DEBUG, "the server did not end a connection: {0}", e.toString());
        } finally {
            super.close(CloseMode.GRACEFUL);
        }
    }
}
