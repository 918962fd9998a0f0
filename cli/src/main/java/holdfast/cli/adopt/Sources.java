package holdfast.cli.adopt;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Opens an existing Rucio. */
public final class Sources {
    private Sources() {}

    /**
     * What reading a server needs.
     *
     * @param authorities certificates in PEM
     * @param temporary a folder for lists of names
     */
    public record Means(Login login, Optional<Path> authorities, Path temporary) {}

    public static boolean isAddress(String place) {
        return place.startsWith("http://") || place.startsWith("https://");
    }

    /** @throws holdfast.formats.rucio.BadSource when the folder is no dump */
    public static Source dump(Path folder) throws IOException {
        return DumpSource.open(folder);
    }

    /** @throws NoSource when the server does not answer or does not let us in */
    public static Source address(String url, Means means) {
        throw new NoSource("reading " + url + " is not built yet");
    }
}
