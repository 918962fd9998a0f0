package holdfast.server.grid;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * Adobe's S3Mock in a process of its own, so that none of its libraries meets the server's: an endpoint that knows the
 * checksums of 2022 and writes on a condition. It looks at no signature, so it says nothing of keys.
 */
public final class ModernS3 {
    /** Where the build copies it to, from its Maven artefact. */
    private static final Path JAR = Path.of("target", "test-servers", "s3mock.jar");

    private final int port = Ports.free();
    private final Programs programs;

    private static final class Shared {
        static final ModernS3 ONE = new ModernS3();
    }

    /** The one of this JVM; the test is skipped, with the reason, where the build did not fetch it. */
    public static ModernS3 shared() {
        Assumptions.assumeTrue(
                Files.isRegularFile(JAR), JAR + " is not there: build/maven.sh -pl server process-test-resources");
        return Shared.ONE;
    }

    private ModernS3() {
        try {
            Path folder = Files.createTempDirectory("holdfast-s3mock-");
            programs = new Programs(folder, Map.of());
            Runtime.getRuntime().addShutdownHook(new Thread(programs::close));
            programs.start(
                    () -> Ports.answers(port),
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xmx256m",
                    "-Djava.io.tmpdir=" + folder,
                    "-jar",
                    JAR.toString(),
                    "--server.address=127.0.0.1",
                    "--server.port=0",
                    "--com.adobe.testing.s3mock.httpPort=" + port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public int port() {
        return port;
    }
}
