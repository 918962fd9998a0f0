package holdfast.server.drivers.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A server of this test run that says yes to everything, or sends on, and remembers which connection brought what. */
final class PlainServer implements AutoCloseable {
    private static final int MOST_TRIES = 1_000_000;

    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final int port;
    private ServerSocket listening;
    private CountDownLatch held = new CountDownLatch(0);
    private volatile @Nullable URI next;
    private volatile boolean always;

    /** One request: the number of its connection from 1 on, its first line and headers, its body. */
    record Asked(int connection, String head, byte[] body) {}

    private PlainServer(ServerSocket listening) {
        this.listening = listening;
        port = listening.getLocalPort();
        serve(listening);
    }

    static PlainServer onAnyPort() throws IOException {
        return new PlainServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    URI at(String path) {
        return URI.create("http://localhost:%d%s".formatted(port, path));
    }

    List<Asked> asked() {
        return asked;
    }

    /** Answers nobody before this many have asked, so that each of them has a connection. */
    void holdUntil(int many) {
        held = new CountDownLatch(many);
    }

    /** Answers what comes next with a redirect; a request that came by it is answered well. */
    void sendsTo(URI where) {
        next = where;
    }

    void sendsAlways() {
        always = true;
    }

    /** Ends all connections, as a server that is killed, and listens again. */
    void restart() throws IOException {
        close();
        listening = again();
        serve(listening);
    }

    /** A closed listener can hold its port until the thread that accepts there has let go of it. */
    private ServerSocket again() throws IOException {
        for (int i = 0; ; i++) {
            try {
                return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
            } catch (BindException e) {
                if (i == MOST_TRIES) {
                    throw e;
                }
                Thread.yield();
            }
        }
    }

    private void serve(ServerSocket at) {
        Thread.ofVirtual().start(() -> {
            while (!at.isClosed()) {
                try {
                    Socket socket = at.accept();
                    connections.add(socket);
                    int number = connections.size();
                    Thread.ofVirtual().start(() -> answer(socket, number));
                } catch (IOException ended) {
                    return;
                }
            }
        });
    }

    private void answer(Socket socket, int number) {
        try (socket) {
            while (true) {
                String head = head(socket.getInputStream());
                if (head.isEmpty()) {
                    return;
                }
                byte[] body = socket.getInputStream().readNBytes(length(head));
                asked.add(new Asked(number, head, body));
                held.countDown();
                held.await();
                boolean last = head.contains("Connection: close");
                socket.getOutputStream().write(reply(head, last).getBytes(StandardCharsets.US_ASCII));
                if (last) {
                    return;
                }
            }
        } catch (IOException | InterruptedException ended) {
            Thread.onSpinWait();
        }
    }

    private String reply(String head, boolean last) {
        URI to = next;
        boolean cameByIt = to != null && head.contains(" " + to.getPath() + " ");
        String ends = "Connection: %s\r\nContent-Length: 0\r\n\r\n".formatted(last ? "close" : "keep-alive");
        return to == null || (cameByIt && !always)
                ? "HTTP/1.1 200 OK\r\n" + ends
                : "HTTP/1.1 307 There\r\nLocation: %s\r\n".formatted(to) + ends;
    }

    private static int length(String head) {
        return head.lines()
                .filter(line -> line.startsWith("Content-Length: "))
                .map(line -> Integer.parseInt(line.substring("Content-Length: ".length())))
                .findFirst()
                .orElse(0);
    }

    /** The first line and the headers of a request; empty at the end of a connection. */
    static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
            int one = in.read();
            if (one < 0) {
                return "";
            }
            head.write(one);
        }
        return head.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : connections) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
