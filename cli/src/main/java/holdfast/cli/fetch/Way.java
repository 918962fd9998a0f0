package holdfast.cli.fetch;

import java.net.URI;
import java.nio.file.Path;

/** A way to the bytes of a copy. */
sealed interface Way {
    /** The element that the copy lies at. */
    String storage();

    /** Read from a folder of this machine. */
    record Folder(String storage, Path path) implements Way {}

    /** Fetched from the element itself. */
    record Web(String storage, URI address) implements Way {}

    /** Through the server. */
    record Served(String storage) implements Way {}

    /** How people are told of it. */
    default String said() {
        return switch (this) {
            case Folder folder -> folder.path().toString();
            case Web web -> web.address().getScheme() + "://" + web.address().getAuthority();
            case Served _ -> "the server";
        };
    }
}
