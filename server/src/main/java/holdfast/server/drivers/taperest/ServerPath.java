package holdfast.server.drivers.taperest;

import holdfast.vocabulary.StoragePath;
import java.net.URI;

/** A file's path as its server knows it: absolute, not encoded, without empty segments. Their order keeps a directory together. */
record ServerPath(String text) implements Comparable<ServerPath> {
    private static final String TWICE = "/{2,}";

    ServerPath {
        text = ("/" + text).replaceAll(TWICE, "/");
    }

    /** The path of a file below an element's root. */
    static ServerPath of(URI root, StoragePath path) {
        return new ServerPath(String.valueOf(root.getPath()) + "/" + path.path());
    }

    /** The element's own folder, for rights over all that lies below. */
    static ServerPath folder(URI root) {
        return new ServerPath(String.valueOf(root.getPath()) + "/");
    }

    @Override
    public int compareTo(ServerPath other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
