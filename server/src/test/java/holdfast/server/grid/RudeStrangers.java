package holdfast.server.grid;

import holdfast.server.drivers.http.Tls;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;

/** Other users of a server: each asks for what is not there, and resets its connection at the first byte of the answer. */
final class RudeStrangers implements AutoCloseable {
    private final URI server;
    private final Optional<SSLSocketFactory> tls;
    private final AtomicInteger visits = new AtomicInteger();
    private final List<Thread> coming = new ArrayList<>();
    private volatile boolean ended;

    RudeStrangers(URI server, TestAuthority authority) {
        this.server = server;
        tls = server.getScheme().equals("https")
                ? Optional.of(new Tls(Optional.of(authority.authorities()), Optional.empty())
                        .context()
                        .getSocketFactory())
                : Optional.empty();
    }

    void come(int many) {
        for (int i = 0; i < many; i++) {
            coming.add(Thread.ofVirtual().name("rude stranger").start(() -> {
                while (!ended) {
                    visit();
                }
            }));
        }
    }

    int visits() {
        return visits.get();
    }

    private void visit() {
        try (Socket plain = new Socket(server.getHost(), server.getPort())) {
            plain.setSoTimeout(2_000);
            plain.setSoLinger(true, 0);
            Socket spoken =
                    tls.isPresent() ? tls.get().createSocket(plain, server.getHost(), server.getPort(), true) : plain;
            spoken.getOutputStream()
                    .write("PROPFIND %s/nothing HTTP/1.1\r\nHost: %s\r\nDepth: 0\r\n\r\n"
                            .formatted(server.getPath(), server.getAuthority())
                            .getBytes(StandardCharsets.US_ASCII));
            spoken.getInputStream().read();
            visits.incrementAndGet();
        } catch (IOException e) {
            // The server died of it, or had enough of us: somebody else comes.
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        ended = true;
        coming.forEach(one -> {
            try {
                one.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
