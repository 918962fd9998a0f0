package holdfast.server.grid;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * S3Proxy over memory, in a process of its own, so that none of its libraries meets the server's: an endpoint that looks
 * at signatures, and knows the checksums that came to the protocol in 2022.
 */
public final class ModernS3 {
    public static final String ACCESS_KEY = "LAB";
    public static final String SECRET_KEY = "a-secret-of-the-laboratory";

    /** Where the build copies its jars to, from their Maven artefacts. */
    private static final Path JARS = Path.of("target", "test-servers", "s3proxy");

    private final int port = Ports.free();
    private final Programs programs;

    private static final class Shared {
        static final ModernS3 ONE = new ModernS3();
    }

    /** The one of this JVM; the test is skipped, with the reason, where the build did not fetch it. */
    public static ModernS3 shared() {
        Assumptions.assumeTrue(
                Files.isDirectory(JARS), JARS + " is not there: build/maven.sh -pl server process-test-resources");
        return Shared.ONE;
    }

    private ModernS3() {
        try {
            Path folder = Files.createTempDirectory("holdfast-s3proxy-");
            Path properties =
                    Files.writeString(folder.resolve("s3proxy.conf"), """
                        s3proxy.authorization=aws-v4
                        s3proxy.endpoint=http://127.0.0.1:%d
                        s3proxy.identity=%s
                        s3proxy.credential=%s
                        jclouds.provider=transient-nio2
                        jclouds.identity=any
                        jclouds.credential=any
                        """.formatted(port, ACCESS_KEY, SECRET_KEY));
            Path logging = Files.writeString(
                    folder.resolve("logback.xml"), "<configuration><root level=\"OFF\"/></configuration>");
            programs = new Programs(folder, Map.of());
            Runtime.getRuntime().addShutdownHook(new Thread(programs::close));
            programs.start(
                    () -> Ports.answers(port),
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xmx512m",
                    "-Dlogback.configurationFile=" + logging,
                    "-cp",
                    classPath(),
                    "org.gaul.s3proxy.Main",
                    "--properties",
                    properties.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its own jars, and the SDK's from the tests' class path: the one library that both have. */
    private static String classPath() {
        Stream<String> shared = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> jar.contains("awssdk") || jar.contains("reactive-streams"));
        return Stream.concat(Stream.of(JARS + File.separator + "*"), shared)
                .collect(Collectors.joining(File.pathSeparator));
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }
}
