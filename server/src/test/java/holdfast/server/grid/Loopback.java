package holdfast.server.grid;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The network these tests live in: servers that listen on every interface are started only where loopback is the only one. */
public final class Loopback {
    private Loopback() {}

    /** Skips a test, with the reason, where its servers could be reached from outside or are not installed. */
    public static void require(String program, String debianPackage) {
        assumeTrue(
                isAlone(),
                "servers of this suite listen on all interfaces, and this JVM sees more than loopback; build/test.sh"
                        + " runs them in a network namespace of their own (build/loopback/bin/java)");
        assumeTrue(
                isInstalled(program),
                program + " is not installed; build/setup.sh installs it (" + debianPackage + ")");
    }

    private static boolean isAlone() {
        try {
            return NetworkInterface.networkInterfaces().allMatch(Loopback::isLoopbackOrDown);
        } catch (SocketException e) {
            return false;
        }
    }

    private static boolean isLoopbackOrDown(NetworkInterface one) {
        try {
            return one.isLoopback() || !one.isUp();
        } catch (SocketException e) {
            return false;
        }
    }

    static boolean isInstalled(String program) {
        for (String folder : "/usr/bin:/usr/sbin:/usr/local/bin".split(":")) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }
}
