package holdfast.server.rebuild;

import holdfast.journal.BadEntry;
import holdfast.journal.SignedHead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds segments in folders: one that holds them itself, or the root of an archive element. */
final class SegmentFolders {
    private static final String ON_ELEMENTS = ".journal";

    private SegmentFolders() {}

    /**
     * Every segment below the folders given, by name.
     *
     * @throws RebuildRefused for a folder that is not there or holds none
     */
    static List<SegmentFile> find(List<Path> folders) throws IOException {
        List<SegmentFile> found = new ArrayList<>();
        for (Path folder : folders) {
            int before = found.size();
            for (Path place : places(folder)) {
                read(place, found);
            }
            if (found.size() == before) {
                throw new RebuildRefused(("no segment stands in %s, nor in %s below it; give the folder of segments"
                                + " (DATA/journal) or the root of an archive element. On tape, recall the files of"
                                + " .journal first")
                        .formatted(folder, ON_ELEMENTS));
            }
        }
        found.sort(Comparator.comparingLong(SegmentFile::first).thenComparingLong(SegmentFile::last));
        return found;
    }

    /** The newest head that a folder of heads speaks of, whoever signed it. */
    static Optional<SignedHead> newestHead(List<Path> folders) throws IOException {
        Optional<SignedHead> newest = Optional.empty();
        for (Path folder : folders) {
            Path heads = folder.resolve("heads.txt");
            if (!Files.isReadable(heads)) {
                continue;
            }
            for (String line : Files.readAllLines(heads, StandardCharsets.ISO_8859_1)) {
                newest = newer(newest, head(line));
            }
        }
        return newest;
    }

    private static Optional<SignedHead> newer(Optional<SignedHead> one, Optional<SignedHead> other) {
        boolean isNewer = other.isPresent()
                && (one.isEmpty() || other.get().at().isAfter(one.get().at()));
        return isNewer ? other : one;
    }

    private static Optional<SignedHead> head(String line) {
        try {
            return Optional.of(SignedHead.parse(line));
        } catch (BadEntry torn) {
            // The last line of a file whose writer was cut off.
            return Optional.empty();
        }
    }

    /** A disk keeps what it was given as it was named; a tape element keeps what is online below one folder. */
    private static List<Path> places(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new RebuildRefused("there is no folder " + folder + "; --from takes folders");
        }
        return List.of(
                folder, folder.resolve(ON_ELEMENTS), folder.resolve("online").resolve(ON_ELEMENTS));
    }

    private static void read(Path place, List<SegmentFile> found) throws IOException {
        if (!Files.isDirectory(place)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(place, "segment-*.txt")) {
            for (Path file : files) {
                SegmentFile.named(file.getFileName().toString(), file.toString(), () -> Files.newInputStream(file))
                        .ifPresent(found::add);
            }
        }
    }
}
