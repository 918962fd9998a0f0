package holdfast.server.drivers.webdav;

import holdfast.server.drivers.Causes;
import holdfast.server.drivers.Start;
import holdfast.storage.Locator;
import holdfast.storage.StorageDriver.Written;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** First to a hidden name, which only this process knows, and by a move to their own once they are whole and were compared. */
final class HiddenArrivals extends Arrivals {
    /** A name that the server is tried with: behind an encoded letter, and as a code that is meant as it stands. */
    private static final String LETTER = "-!";

    private static final String CODE = "-%41";

    private final Start start;

    HiddenArrivals(Dav dav, Start start) {
        super(dav);
        this.start = start;
    }

    @Override
    String nameFor(StoragePath path) throws IOException {
        return hidden();
    }

    private String hidden() throws IOException {
        folder(FOLDER);
        return "%s/%s-%s".formatted(FOLDER, start.id(), UUID.randomUUID());
    }

    /** Gives whole bytes their own name; nothing stood there when the caller looked, and nobody of this process came since. */
    @Override
    Written settle(String hidden, StoragePath path) {
        try {
            folder(Dav.above(path.path()));
        } catch (IOException e) {
            forget(hidden);
            return new Written.Refused("its folder could not be made: " + Causes.of(e));
        }
        return moved(hidden, path);
    }

    private Written moved(String hidden, StoragePath path) {
        try {
            if (!dav.move(hidden, path.path())) {
                forget(hidden);
                return inTheWay(path)
                        .orElseGet(() -> new Written.Unknown("a move was refused, and nothing stands in its way"));
            }
            // XRootD 5.5 was seen to answer that all is well and to have moved it elsewhere.
            return dav.look(path.path()).isPresent()
                    ? new Written.Done(Optional.of(new Locator(path.path())))
                    : new Written.Unknown("the server moved it, and has nothing under its name");
        } catch (Dav.BadAnswer e) {
            foldersMayBeGone();
            return unmoved(hidden, e);
        } catch (IOException e) {
            return new Written.Unknown("no answer to the last step: " + Causes.of(e));
        }
    }

    /** The server refused the move; whether it did nothing is seen by what still stands under the hidden name. */
    private Written unmoved(String hidden, Dav.BadAnswer refusal) {
        try {
            if (dav.look(hidden).isPresent()) {
                forget(hidden);
                return new Written.Refused(Causes.of(refusal));
            }
        } catch (IOException e) {
            return new Written.Unknown(Causes.of(refusal));
        }
        return new Written.Unknown(Causes.of(refusal));
    }

    @Override
    Written failed(String name, StoragePath path, IOException why) {
        forget(name);
        return new Written.Refused(Causes.of(why));
    }

    /** Removes our own unfinished bytes; when that fails they are cleared after a start. */
    @Override
    void forget(String hidden) {
        try {
            dav.delete(hidden);
        } catch (IOException e) {
            System.getLogger(Arrivals.class.getName())
                    .log(System.Logger.Level.DEBUG, "left {0}: {1}", dav.address(hidden), Causes.of(e));
        }
    }

    /**
     * Finds out how the server writes names, and removes what earlier processes left unfinished. That is by the server's own clock, which may
     * differ from ours; what another server still writes was touched just now.
     */
    @Override
    void begin() throws IOException {
        dav.speak(Dialect.STANDARD);
        String probe = hidden();
        touch(probe);
        dav.move(probe, probe + LETTER);
        boolean plainDestination = dav.look(probe + LETTER).isEmpty();
        String percent = probe + CODE;
        touch(percent);
        List<Resource> left = new ArrayList<>();
        dav.children(FOLDER, left::add);
        // Read as if it were encoded, a name that was not is another one.
        boolean plainAnswers = left.stream().noneMatch(r -> r.path().equals(percent));
        dav.speak(new Dialect(plainAnswers, plainDestination));
        Instant theirNow = dav.look(percent).flatMap(Resource::modified).orElse(start.at());
        clear(probe, theirNow.minus(Duration.between(start.abandonedBefore(), start.at())));
    }

    private void clear(String probe, Instant abandonedBefore) throws IOException {
        List<Resource> left = new ArrayList<>();
        dav.children(FOLDER, left::add);
        for (Resource one : left) {
            boolean abandoned =
                    one.modified().map(m -> m.isBefore(abandonedBefore)).orElse(false);
            if (one.path().startsWith(probe) || (abandoned && !one.isFolder())) {
                dav.delete(one.path());
            }
        }
    }
}
