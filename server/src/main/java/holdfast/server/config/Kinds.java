package holdfast.server.config;

import holdfast.server.clock.HouseClock;
import holdfast.server.drivers.DriverKind;
import holdfast.server.drivers.Start;
import holdfast.server.drivers.http.PinnedAddresses;
import holdfast.server.drivers.s3.S3Kind;
import holdfast.server.drivers.taperest.TapeRestKind;
import holdfast.server.drivers.webdav.WebDavKind;
import java.nio.file.Path;
import java.util.Map;

/** The kinds of drivers that live in packages of their own. */
public final class Kinds {
    private Kinds() {}

    /**
     * By the names that sites files have for them.
     *
     * @param data where relative files of settings lie
     * @param allowsPrivate whether elements may stand in private networks and on this machine
     */
    public static Map<String, DriverKind> of(Path data, Start start, HouseClock clock, boolean allowsPrivate) {
        WebDavKind webdav = new WebDavKind(data, start, allowsPrivate);
        return Map.of(
                WebDavKind.NAME,
                webdav,
                TapeRestKind.NAME,
                new TapeRestKind(webdav, start),
                S3Kind.NAME,
                new S3Kind(data, start, clock, new PinnedAddresses(allowsPrivate)));
    }
}
