package holdfast.server.drivers.webdav;

import holdfast.server.drivers.Causes;
import holdfast.storage.Locator;
import holdfast.storage.StorageDriver.Written;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Straight to their own path, for a credential that may create and do nothing else (decision 0028). What is cut off stays where it
 * is: it never counts as a copy, the next attempt sees that it is other bytes and takes the next writing (decision 0012), and the site alone
 * can sweep it.
 */
final class DirectArrivals extends Arrivals {
    /** A name with a code that is meant as it stands; made once for all starts, as nothing here can be removed. */
    private static final String PROBES = FOLDER + "/names-";

    private static final String PROBE = PROBES + "%41";

    DirectArrivals(Dav dav) {
        super(dav);
    }

    @Override
    void begin() throws IOException {
        dav.speak(Dialect.STANDARD);
        folder(FOLDER);
        if (names().stream().noneMatch(name -> name.startsWith(PROBES))) {
            touch(PROBE);
        }
        // Read as if it were encoded, a name that was not is another one. Nothing is moved here, so destinations do not
        // matter.
        dav.speak(new Dialect(!names().contains(PROBE), false));
    }

    private List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        dav.children(FOLDER, found -> names.add(found.path()));
        return names;
    }

    @Override
    String nameFor(StoragePath path) throws IOException {
        folder(Dav.above(path.path()));
        return path.path();
    }

    @Override
    Written settle(String name, StoragePath path) {
        return new Written.Done(Optional.of(new Locator(name)));
    }

    @Override
    Written failed(String name, StoragePath path, IOException why) {
        foldersMayBeGone();
        try {
            return dav.look(name)
                    .<Written>map(there -> new Written.Unknown("%s; %d bytes stand there, and we may not remove them"
                            .formatted(Causes.of(why), there.size())))
                    .orElseGet(() -> new Written.Refused(Causes.of(why)));
        } catch (IOException unseen) {
            return new Written.Unknown(Causes.of(why) + "; then " + Causes.of(unseen));
        }
    }

    @Override
    void forget(String name) {
        // May not, and need not: no attempt takes what stands at a path for its own without comparing it.
    }
}
