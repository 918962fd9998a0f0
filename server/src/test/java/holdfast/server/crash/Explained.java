package holdfast.server.crash;

import holdfast.catalog.CopyRow;
import holdfast.fixity.FixityFact.CopiesInspected;
import holdfast.ingest.IngestFact.BytesReturned;
import holdfast.ingest.IngestFact.FilesRegistered;
import holdfast.journal.Entry;
import holdfast.server.config.OpenHouse;
import holdfast.transfer.TransferFact.CopiesArrived;
import holdfast.vocabulary.StorageName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Says of every file in a data folder why it is there: a fact named it, it is a planted canary or a closed segment, or the
 * house keeps it by a name of its own. Whatever is left over after a crash is found here.
 */
final class Explained {
    private static final List<Pattern> OWN = Stream.of(
                    "admin\\.secret",
                    "keys/journal\\.(key|pub)",
                    "journal/heads\\.txt",
                    "journal/segment-\\d{12}-\\d{12}(\\.[0-9a-f]+)?\\.txt",
                    "elements/[A-Z-]+/\\.holdfast-element",
                    "elements/FAR-TAPE/\\.holdfast-lock")
            .map(Pattern::compile)
            .toList();
    private static final Pattern ON_AN_ELEMENT = Pattern.compile("\\.canary/(intact|changed)|\\.journal/segment-.*");

    private final OpenHouse house;
    private final Path data;
    private final Set<String> named = new HashSet<>();

    Explained(OpenHouse house, Path data) {
        this.house = house;
        this.data = data;
    }

    /** The files that nothing explains, and bytes on tape that are nobody's without a line that says so. */
    List<String> unexplained() throws IOException {
        house.journal(this::name);
        List<String> left = new ArrayList<>();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                String place = data.relativize(file).toString();
                if (!isExplained(place)) {
                    left.add("nothing explains " + place);
                }
            }
        }
        return left;
    }

    private boolean isExplained(String place) throws IOException {
        if (OWN.stream().anyMatch(own -> own.matcher(place).matches())) {
            return true;
        }
        if (place.startsWith("elements/FAR-TAPE/")) {
            return isOnTape(place.substring("elements/FAR-TAPE/".length()));
        }
        String[] parts = place.split("/", 3);
        return parts.length == 3
                && parts[0].equals("elements")
                && (named.contains(parts[1] + " " + parts[2])
                        || ON_AN_ELEMENT.matcher(parts[2]).matches());
    }

    /** A file on a cartridge has a line in the cartridge's index, which names a path that is explained itself. */
    private boolean isOnTape(String place) throws IOException {
        String[] parts = place.split("/");
        if (parts[0].equals("index") && parts.length == 2) {
            return true;
        }
        if (!parts[0].equals("cartridges") || parts.length != 3) {
            return false;
        }
        long position = Long.parseLong(parts[2]);
        for (String line :
                Files.readAllLines(data.resolve("elements/FAR-TAPE/index").resolve(parts[1]))) {
            String[] told = line.split("\t", 4);
            if (Long.parseLong(told[1]) == position && !told[0].equals("-")) {
                return told[0].equals("x")
                        || named.contains(Scenario.TAPE + " " + told[3])
                        || ON_AN_ELEMENT.matcher(told[3]).matches();
            }
        }
        return false;
    }

    private void name(Entry entry) {
        List<CopyRow> copies = switch (entry.kind()) {
            case FilesRegistered.KIND -> FilesRegistered.read(entry.lines()).copies();
            case CopiesArrived.KIND -> CopiesArrived.read(entry.lines()).copies();
            case CopiesInspected.KIND -> CopiesInspected.read(entry.lines()).copies();
            case BytesReturned.KIND -> BytesReturned.read(entry.lines()).copies();
            default -> List.of();
        };
        copies.forEach(copy -> named.add(new StorageName(copy.storage().name()) + " " + copy.path()));
    }
}
