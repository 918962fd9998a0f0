package holdfast.server.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The port of the cluster: chosen once among the free ones, remembered, chosen again when somebody else took it. */
final class LoopbackPort {
    private LoopbackPort() {}

    static int choose(Path remembered) {
        @Nullable String text = SafeFiles.textOrNull(remembered);
        if (text != null && text.matches("[1-9][0-9]{0,4}") && isFree(Integer.parseInt(text))) {
            return Integer.parseInt(text);
        }
        int port = anyFree();
        SafeFiles.write(remembered, port + "\n", "rw-r--r--");
        return port;
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(loopback(), port));
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    private static int anyFree() {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(loopback(), 0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on 127.0.0.1: " + e.getMessage(), e);
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}
