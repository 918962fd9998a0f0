import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One kept connection to a server, spoken to in plain HTTP/1.1: what the driver itself costs must not count.
 *
 * <p>The body of an answer is read to its end and kept as bytes; nothing is parsed while the clock runs.
 */
final class Http implements AutoCloseable {
    private final URI base;
    private Socket socket;
    private InputStream in;

    /** What came back: the status, headers by lower-case name, the whole body. */
    record Answer(int status, Map<String, String> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** Number of lines, the last one with or without its end. */
        long lines() {
            long lines = 0;
            for (byte one : body) {
                lines += one == '\n' ? 1 : 0;
            }
            return body.length > 0 && body[body.length - 1] != '\n' ? lines + 1 : lines;
        }

        Answer wanted(int status, String what) {
            if (this.status != status) {
                throw new IllegalStateException(what + ": " + this.status + " "
                        + text().substring(0, Math.min(300, body.length)));
            }
            return this;
        }
    }

    Http(URI base) {
        this.base = base;
    }

    static byte[] request(String method, URI base, String path, Map<String, String> headers, String body) {
        StringBuilder head = new StringBuilder(method + " " + base.getRawPath() + path + " HTTP/1.1\r\nHost: "
                + base.getHost() + ":" + base.getPort() + "\r\nAccept: */*\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 || !method.equals("GET")) {
            head.append("Content-Length: " + bytes.length + "\r\n");
        }
        var all = new ByteArrayOutputStream();
        all.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        all.writeBytes(bytes);
        return all.toByteArray();
    }

    /** Sends prepared bytes and reads the whole answer; a connection that the server has closed is opened once more. */
    Answer send(byte[] request) {
        try {
            if (socket != null) {
                try {
                    return exchange(request);
                } catch (ClosedUnused e) {
                    close();
                }
            }
            open();
            return exchange(request);
        } catch (IOException e) {
            throw new IllegalStateException(base + ": " + e.getMessage(), e);
        }
    }

    private static final class ClosedUnused extends IOException {}

    private void open() throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(600_000);
        socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), 10_000);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    }

    private Answer exchange(byte[] request) throws IOException {
        try {
            socket.getOutputStream().write(request);
        } catch (IOException e) {
            throw new ClosedUnused();
        }
        int first = in.read();
        if (first < 0) {
            throw new ClosedUnused();
        }
        String status = (char) first + line();
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        byte[] body = body(headers);
        if ("close".equalsIgnoreCase(headers.get("connection"))) {
            close();
        }
        return new Answer(Integer.parseInt(status.split(" ")[1]), headers, body);
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if (!"chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            String length = headers.get("content-length");
            return length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
        }
        var all = new ByteArrayOutputStream(1 << 16);
        while (true) {
            int length = Integer.parseInt(line().split(";")[0].strip(), 16);
            all.writeBytes(in.readNBytes(length));
            line();
            if (length == 0) {
                return all.toByteArray();
            }
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the answer broke off");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // Nothing was promised on it any more.
        }
        socket = null;
    }
}
