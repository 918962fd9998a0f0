package holdfast.server.drivers.webdav;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import holdfast.server.credentials.Bearer;
import holdfast.server.drivers.Start;
import holdfast.server.drivers.http.Door;
import holdfast.server.drivers.http.Endpoint;
import holdfast.server.drivers.http.Tls;
import holdfast.storage.StorageDriver.Seen;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that gives somebody the answer to another's question, as XRootD 5.5.3 can. */
class MixedAnswersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private HttpServer server;
    private WebDavDriver driver;
    private volatile String answersOf = "";

    @BeforeEach
    void begin() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/data", exchange -> {
            byte[] said = """
                <?xml version="1.0"?><D:multistatus xmlns:D="DAV:"><D:response><D:href>%s</D:href><D:propstat><D:prop>
                <D:getcontentlength>5</D:getcontentlength></D:prop></D:propstat></D:response></D:multistatus>\
                """.formatted(answersOf).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(207, said.length);
            exchange.getResponseBody().write(said);
            exchange.close();
        });
        server.start();
        URI root = URI.create(
                "http://localhost:%d/data".formatted(server.getAddress().getPort()));
        driver = new WebDavDriver(
                new StorageName("TRIED"),
                new WebDavSettings(root, Set.of(), PATIENCE, PATIENCE, 1, 1, true, false),
                new Door(new Door.Settings(
                        Endpoint.of(root), Set.of(), Tls.PLAIN.context(), PATIENCE, PATIENCE, 5, true)),
                Bearer.NONE,
                new Start(UUID.randomUUID(), Instant.EPOCH));
    }

    @AfterEach
    void end() {
        driver.close();
        server.stop(0);
    }

    @Test
    void anAnswerOfAnotherPathSaysNothing() {
        answersOf = "/data/raw/other";
        assertThat(driver.look(new StoragePath("raw/f")))
                .isInstanceOfSatisfying(
                        Seen.Unreachable.class,
                        seen -> assertThat(seen.why()).contains("raw/f").contains("the server answered of raw/other"));
    }

    @Test
    void anAnswerOfThePathItselfIsBelieved() {
        answersOf = "/data/raw/f";
        assertThat(driver.look(new StoragePath("raw/f")))
                .isInstanceOfSatisfying(
                        Seen.Present.class, seen -> assertThat(seen.size()).isEqualTo(new ByteSize(5)));
    }
}
