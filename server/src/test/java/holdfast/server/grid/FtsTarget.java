package holdfast.server.grid;

import holdfast.server.credentials.Bearer;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.Start;
import holdfast.server.drivers.fts.Fts;
import holdfast.server.drivers.fts.FtsArchive;
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

/**
 * An element whose copies an FTS makes that is asked every 0.2 s.
 *
 * @param shown to the FTS
 * @param element what the element itself is shown
 */
record FtsTarget(FtsEndpoint fts, TestAuthority authority, Bearer shown, Bearer element) {
    private static final Duration STALL = Duration.ofSeconds(20);
    private static final Duration WITHIN = Duration.ofSeconds(10);

    WebDavDriver marked(URI root, Duration patience, Optional<FtsArchive> archive) {
        Fts.Settings pace =
                new Fts.Settings(fts.root(), Duration.ofMillis(200), patience, Duration.ofSeconds(5), 50, archive);
        WebDavDriver driver = new WebDavDriver(
                new WebDavDriver.Reached(
                        new StorageName("TRIED"), door(root), Optional.of(new Fts(door(fts.root()), pace, shown))),
                new WebDavSettings(root, Set.of(), WITHIN, STALL, 100, WebDavSettings.DIGESTS_AT_ONCE, true, false),
                element,
                new Start(UUID.randomUUID(), Instant.now()));
        if (driver.initialise(true) instanceof ElementDriver.Initialised.Refused refused) {
            throw new AssertionError(refused.why());
        }
        return driver;
    }

    private Door door(URI root) {
        return new Door(new Door.Settings(
                Endpoint.of(root),
                Set.of(),
                new Tls(Optional.of(authority.authorities()), Optional.empty()).context(),
                Duration.ofSeconds(3),
                STALL,
                164,
                true));
    }
}
