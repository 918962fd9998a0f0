package holdfast.server.drivers.taperest;

import holdfast.server.drivers.DriverKind;
import holdfast.server.drivers.DriverSettings;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.Start;
import holdfast.server.drivers.fts.FtsArchive;
import holdfast.server.drivers.webdav.WebDavKind;
import holdfast.storage.StorageElement;
import holdfast.storage.ThirdPartyCopy.Note;
import holdfast.storage.ThirdPartyCopy.Recall;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes drivers of kind {@code tape-rest}. Settings: all those of {@link WebDavKind}, where {@code also-at} also names the tape
 * endpoint if it is not at the element's own host and port; and {@code stage-batch} (1000 files); {@code stages-at-once} (8
 * requests); {@code poll} (5 s); {@code recall-limit} (10 min); {@code disk-lifetime} (24 h).
 *
 * <p>{@code fts-stage} ({@code no} or {@code yes}: an FTS that copies from here also recalls), {@code fts-stage-within} (4 h),
 * {@code fts-stage-metadata}; {@code fts-archive-within} (an FTS that copies to here waits so long for the archive),
 * {@code fts-archive-metadata}. Metadata are JSON objects that the library is given.
 */
public final class TapeRestKind implements DriverKind {
    public static final String NAME = "tape-rest";

    private static final Duration STAGE_WITHIN = Duration.ofHours(4);

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
                positive(settings, "disk-lifetime", usual.diskLifetime()),
                recall(settings, positive(settings, "disk-lifetime", usual.diskLifetime())));
        WebDavKind.Way way = webdav.way(settings, archive(settings)).requireFit(element, settings);
        settings.end();
        URI root = way.settings().root();
        TapeRest tape = new TapeRest(way.door(), way.bearer(), ServerPath.folder(root));
        return new TapeRestDriver(way.driver(element.name(), start), root, tape, chosen, Pace.Time.REAL);
    }

    private static Optional<Recall> recall(DriverSettings settings, Duration keep) {
        boolean none = settings.isFirst("fts-stage", "no", "yes");
        Duration within = positive(settings, "fts-stage-within", STAGE_WITHIN);
        Optional<Note> note = note(settings, "fts-stage-metadata");
        if (!none) {
            refuseTokens(settings, "token", "fts-stage");
        }
        return none ? Optional.empty() : Optional.of(new Recall(within, keep, note));
    }

    private static Optional<FtsArchive> archive(DriverSettings settings) {
        Optional<Note> note = note(settings, "fts-archive-metadata");
        if (settings.maybe("fts-archive-within").isEmpty()) {
            return Optional.empty();
        }
        if (settings.maybe("fts").isEmpty()) {
            throw settings.bad("fts-archive-within", settings.text("fts-archive-within"), "of use without 'fts'");
        }
        refuseTokens(settings, "token", "fts-archive-within");
        refuseTokens(settings, "fts-token-file", "fts-archive-within");
        return Optional.of(new FtsArchive(positive(settings, "fts-archive-within", STAGE_WITHIN), note));
    }

    /** FTS3 refuses whatever has to do with tape to those who come with a token. */
    private static void refuseTokens(DriverSettings settings, String name, String because) {
        settings.maybe(name).filter(said -> !said.equals("none")).ifPresent(said -> {
            throw settings.bad(
                    name, said, "possible with '%s': FTS takes a certificate only, for tape".formatted(because));
        });
    }

    private static Optional<Note> note(DriverSettings settings, String name) {
        return settings.maybe(name).map(text -> {
            try {
                if (JsonMapper.shared().readTree(text).isObject()) {
                    return new Note(text);
                }
            } catch (JacksonException e) {
                throw settings.bad(name, text, "a JSON object: " + e.getOriginalMessage());
            }
            throw settings.bad(name, text, "a JSON object such as {\"default\": {}}");
        });
    }

    private static Duration positive(DriverSettings settings, String name, Duration otherwise) {
        Duration time = settings.time(name, otherwise);
        if (time.isZero()) {
            throw settings.bad(name, settings.text(name), "a time above zero");
        }
        return time;
    }
}
