package holdfast.server.drivers.webdav;

import holdfast.server.drivers.MarkText;
import holdfast.storage.StorageDriver.Foreign;
import holdfast.storage.StorageDriver.Listed;
import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.CodePoints;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lists an element in the order of whole paths, a folder at a time: state is what stands in the folders on the way down. The
 * entries of one folder are sorted with a slash behind the names of folders; see TreeListing.
 */
final class DavListing {
    private final Dav dav;
    private final Consumer<Listed> each;
    private final Consumer<Foreign> notOurs;

    DavListing(Dav dav, Consumer<Listed> each, Consumer<Foreign> notOurs) {
        this.dav = dav;
        this.each = each;
        this.notOurs = notOurs;
    }

    void list() throws IOException {
        if (!list("")) {
            throw new IOException("there is no folder " + dav.address(""));
        }
    }

    /** Whether the folder was there. */
    private boolean list(String folder) throws IOException {
        List<Entry> entries = new ArrayList<>();
        boolean there = dav.children(folder, resource -> add(folder, resource, entries));
        entries.sort((one, other) -> CodePoints.compare(one.key, other.key));
        for (Entry entry : entries) {
            String path = folder.isEmpty() ? entry.name() : folder + "/" + entry.name();
            if (!entry.isFolder()) {
                file(path, entry.size);
            } else if (!list(path)) {
                requireGone(path);
            }
        }
        return there;
    }

    /** A folder that was named and is not found was removed meanwhile, or the server does not tell the truth. */
    private void requireGone(String folder) throws IOException {
        boolean[] named = new boolean[1];
        dav.children(Dav.above(folder), resource -> named[0] |= resource.path().equals(folder));
        if (named[0]) {
            throw new IOException("%s names the folder %s and does not find it".formatted(dav.address(""), folder));
        }
    }

    private void add(String folder, Resource resource, List<Entry> entries) {
        String name = resource.name();
        if (!Dav.above(resource.path()).equals(folder)) {
            notOurs.accept(
                    new Foreign(resource.path(), "it was named as an entry of the folder '%s'".formatted(folder)));
        } else if (!folder.isEmpty() || !name.startsWith(MarkText.HIDDEN)) {
            entries.add(new Entry(resource.isFolder() ? name + "/" : name, resource.size()));
        }
    }

    private void file(String path, long size) {
        try {
            each.accept(new Listed(new StoragePath(path), new ByteSize(size)));
        } catch (BadWord e) {
            notOurs.accept(new Foreign(path, "its name is no storage path"));
        }
    }

    private record Entry(String key, long size) {
        boolean isFolder() {
            return key.endsWith("/");
        }

        String name() {
            return isFolder() ? key.substring(0, key.length() - 1) : key;
        }
    }
}
