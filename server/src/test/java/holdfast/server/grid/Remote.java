package holdfast.server.grid;

import holdfast.server.credentials.Bearer;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.Start;
import holdfast.server.drivers.http.Door;
import holdfast.server.drivers.http.Endpoint;
import holdfast.server.drivers.http.Tls;
import holdfast.server.drivers.webdav.WebDavDriver;
import holdfast.server.drivers.webdav.WebDavSettings;
import holdfast.vocabulary.StorageName;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Drivers over servers of this test run. */
final class Remote {
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);
    private static final Duration STALL = Duration.ofSeconds(20);
    private static final int COPIES = 200;

    private Remote() {}

    static WebDavDriver driver(URI root, TestAuthority authority, Bearer bearer) {
        return driver(root, authority, bearer, STALL, COPIES);
    }

    static WebDavDriver driver(URI root, TestAuthority authority, Bearer bearer, Duration stall, int copies) {
        return driver(root, authority, bearer, stall, copies, new Start(UUID.randomUUID(), Instant.now()));
    }

    static WebDavDriver driver(
            URI root, TestAuthority authority, Bearer bearer, Duration stall, int copies, Start start) {
        Door door = new Door(new Door.Settings(
                Endpoint.of(root),
                Set.of(),
                new Tls(Optional.of(authority.authorities()), Optional.empty()).context(),
                ANSWERS_WITHIN,
                stall,
                copies + 64,
                true));
        return new WebDavDriver(
                new StorageName("TRIED"),
                new WebDavSettings(
                        root, Set.of(), ANSWERS_WITHIN, stall, copies, WebDavSettings.DIGESTS_AT_ONCE, true, false),
                door,
                bearer,
                start);
    }

    /** A driver over a new folder of a server, marked. */
    static WebDavDriver marked(URI root, TestAuthority authority, Bearer bearer, Duration stall, int copies) {
        WebDavDriver driver = driver(root, authority, bearer, stall, copies);
        if (driver.initialise(true) instanceof ElementDriver.Initialised.Refused refused) {
            throw new AssertionError(refused.why());
        }
        return driver;
    }
}
