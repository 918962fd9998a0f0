package holdfast.formats.rucio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/** A folder with a dump of Rucio's tables, as docs/reference/adopt-dump.md describes it. */
public final class RucioDump {
    static final String COUNTS = "counts.jsonl";

    private final Path folder;
    private final Map<DumpPart, Long> counts = new EnumMap<>(DumpPart.class);
    private OptionalLong files = OptionalLong.empty();

    private RucioDump(Path folder) {
        this.folder = folder;
    }

    /**
     * Opens a dump.
     *
     * @throws BadSource when a file of it is not there
     */
    public static RucioDump open(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new BadSource(folder + " is no folder; name a dump's folder, or a URL that begins with https://");
        }
        for (DumpPart part : DumpPart.values()) {
            if (!Files.isReadable(folder.resolve(part.file()))) {
                throw new BadSource(folder.resolve(part.file()) + " is not there or cannot be read; " + DumpRows.AGAIN
                        + " (an empty file says that there is nothing of its kind)");
            }
        }
        RucioDump dump = new RucioDump(folder);
        if (Files.exists(folder.resolve(COUNTS))) {
            dump.count();
        }
        return dump;
    }

    private void count() throws IOException {
        try (DumpRows rows = DumpRows.open(folder.resolve(COUNTS), OptionalLong.empty())) {
            while (rows.hasNext()) {
                Row row = rows.next();
                for (DumpPart part : DumpPart.values()) {
                    if (part.file().equals(row.text("file"))) {
                        counts.put(part, row.number("rows"));
                        files = part == DumpPart.DIDS ? row.maybeNumber("files") : files;
                    }
                }
            }
        }
    }

    /** How many rows a file has, where the dump says it. */
    public OptionalLong stated(DumpPart part) {
        Long stated = counts.get(part);
        return stated == null ? OptionalLong.empty() : OptionalLong.of(stated);
    }

    /** How many of the DIDs are files, where the dump says it. */
    public OptionalLong statedFiles() {
        return files;
    }

    /** The rows of one file, from its beginning. */
    public DumpRows rows(DumpPart part) throws IOException {
        return DumpRows.open(folder.resolve(part.file()), stated(part));
    }

    public Path folder() {
        return folder;
    }
}
