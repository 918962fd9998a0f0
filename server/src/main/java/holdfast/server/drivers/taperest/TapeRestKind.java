package holdfast.server.drivers.taperest;

import holdfast.server.drivers.DriverKind;
import holdfast.server.drivers.DriverSettings;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.Start;
import holdfast.server.drivers.webdav.WebDavKind;
import holdfast.storage.StorageElement;
import java.net.URI;
import java.time.Duration;

/**
 * Makes drivers of kind {@code tape-rest}. Settings: all those of {@link WebDavKind}, where {@code also-at} also names the tape
 * endpoint if it is not at the element's own host and port; and {@code stage-batch} (1000 files); {@code stages-at-once} (8
 * requests); {@code poll} (5 s); {@code recall-limit} (10 min); {@code disk-lifetime} (24 h).
 */
public final class TapeRestKind implements DriverKind {
    public static final String NAME = "tape-rest";

    private final WebDavKind webdav;
    private final Start start;

    /** @param webdav makes the way to the element */
    public TapeRestKind(WebDavKind webdav, Start start) {
        this.webdav = webdav;
        this.start = start;
    }

    @Override
    public ElementDriver driver(StorageElement element, DriverSettings settings) {
        TapeRestSettings usual = TapeRestSettings.DEFAULTS;
        TapeRestSettings chosen = new TapeRestSettings(
                WebDavKind.count(settings, "stage-batch", usual.batch()),
                WebDavKind.count(settings, "stages-at-once", usual.stagesAtOnce()),
                positive(settings, "poll", usual.poll()),
                settings.time("recall-limit", usual.recallLimit()),
                positive(settings, "disk-lifetime", usual.diskLifetime()));
        WebDavKind.Way way = webdav.way(settings);
        settings.end();
        URI root = way.settings().root();
        TapeRest tape = new TapeRest(way.door(), way.bearer(), ServerPath.folder(root));
        return new TapeRestDriver(way.driver(element.name(), start), root, tape, chosen, Pace.Time.REAL);
    }

    private static Duration positive(DriverSettings settings, String name, Duration otherwise) {
        Duration time = settings.time(name, otherwise);
        if (time.isZero()) {
            throw settings.bad(name, settings.text(name), "a time above zero");
        }
        return time;
    }
}
