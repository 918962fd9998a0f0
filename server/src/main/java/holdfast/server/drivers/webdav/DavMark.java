package holdfast.server.drivers.webdav;

import holdfast.server.drivers.Causes;
import holdfast.server.drivers.ElementDriver.Initialised;
import holdfast.server.drivers.MarkText;
import holdfast.storage.StorageDriver.Reach;
import holdfast.vocabulary.StorageName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The mark at the root of an element behind WebDAV; without it nothing there may be believed. */
final class DavMark {
    private final StorageName name;
    private final Dav dav;
    private volatile Optional<UUID> seen = Optional.empty();

    DavMark(StorageName name, Dav dav) {
        this.name = name;
        this.dav = dav;
    }

    /** Whether the element is there and ours now. */
    Reach reach() {
        try {
            UUID identity = read();
            Optional<UUID> before = seen;
            if (before.isPresent() && !before.get().equals(identity)) {
                return new Reach.Silent("%s is another %s than before: marked %s, was %s"
                        .formatted(dav.address(""), name, identity, before.get()));
            }
            seen = Optional.of(identity);
            return new Reach.Answers();
        } catch (IOException e) {
            return new Reach.Silent(Causes.of(e));
        }
    }

    /** As {@link #reach}, for those who can only go on with an answer. */
    void require() throws IOException {
        if (reach() instanceof Reach.Silent silent) {
            throw new IOException("the element is silent: " + silent.why());
        }
    }

    Initialised initialise(boolean firstTime, UUID fresh) {
        try {
            if (firstTime && dav.look(MarkText.FILE).isEmpty()) {
                return mark(fresh);
            }
        } catch (IOException e) {
            return new Initialised.Refused(Causes.of(e));
        }
        return switch (reach()) {
            case Reach.Answers _ -> new Initialised.Known(seen.orElseThrow());
            case Reach.Silent silent -> new Initialised.Refused(silent.why());
        };
    }

    private Initialised mark(UUID fresh) throws IOException {
        dav.folder("");
        requireEmpty();
        byte[] text = new MarkText(name, fresh).text().getBytes(StandardCharsets.UTF_8);
        if (dav.createsOnly()) {
            dav.put(MarkText.FILE, text.length, new ByteArrayInputStream(text));
        } else {
            String draft = MarkText.FILE + "." + fresh;
            dav.put(draft, text.length, new ByteArrayInputStream(text));
            if (!dav.move(draft, MarkText.FILE)) {
                dav.delete(draft);
            }
        }
        // Another server may have come at the same time: the mark that stands there now is the element's.
        UUID identity = read();
        seen = Optional.of(identity);
        return identity.equals(fresh) ? new Initialised.Marked(fresh) : new Initialised.Known(identity);
    }

    private UUID read() throws IOException {
        try (InputStream bytes = dav.get(MarkText.FILE)) {
            byte[] text = bytes.readNBytes(MarkText.MOST_BYTES);
            return MarkText.read(
                            new String(text, StandardCharsets.UTF_8),
                            name,
                            dav.address(MarkText.FILE).toString())
                    .identity();
        } catch (MarkText.BadMark e) {
            throw new IOException(e.getMessage(), e);
        } catch (Dav.BadAnswer e) {
            if (e.status() == 404) {
                throw new IOException(
                        "%s carries no mark (%s): it is not the element %s, or not mounted behind its server"
                                .formatted(dav.address(""), MarkText.FILE, name),
                        e);
            }
            throw e;
        }
    }

    private void requireEmpty() throws IOException {
        List<String> others = new ArrayList<>();
        dav.children("", resource -> {
            if (!resource.name().startsWith(MarkText.HIDDEN) && others.isEmpty()) {
                others.add(resource.name());
            }
        });
        if (!others.isEmpty()) {
            throw new IOException("%s holds '%s' and no mark: give %s an empty folder of its own"
                    .formatted(dav.address(""), others.getFirst(), name));
        }
    }
}
