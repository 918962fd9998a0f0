package holdfast.retention;

import holdfast.journal.Line;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A file that is to become public: the bytes of one object as a new object under another name. The old one keeps its level.
 *
 * @param from the object whose bytes they are
 * @param to the object that is made
 * @param sha256 of the bytes that whoever signs agreed to
 */
public record Selected(DataId from, DataId to, Digest sha256) {
    private static final Comparator<Selected> ORDER = Comparator.comparing(Selected::to);

    public Selected {
        if (sha256.algorithm() != Algorithm.SHA256) {
            throw new IllegalArgumentException("what becomes public is named by its SHA-256, not by " + sha256);
        }
        if (from.equals(to)) {
            throw new IllegalArgumentException(
                    from + " cannot be made from itself: give the new object another scope or name");
        }
    }

    /** Its words, behind what stands in the line already. */
    Line line(Line.Writer line) {
        return line.put(from).put(to).put(sha256.hex()).line();
    }

    static Selected read(Line.Reader line) {
        return new Selected(
                DataId.parse(line.text()), DataId.parse(line.text()), new Digest(Algorithm.SHA256, line.text()));
    }

    /** In the order of the new names, of which none may come twice. */
    static List<Selected> sorted(List<Selected> files) {
        TreeSet<Selected> sorted = new TreeSet<>(ORDER);
        sorted.addAll(files);
        if (sorted.size() != files.size()) {
            throw new IllegalArgumentException("two of the files would be made under one name; name each but once: "
                    + files.stream()
                            .collect(Collectors.groupingBy(Selected::to, Collectors.counting()))
                            .entrySet()
                            .stream()
                            .filter(e -> e.getValue() > 1)
                            .map(e -> e.getKey().toString())
                            .sorted()
                            .findFirst()
                            .orElse(""));
        }
        if (files.isEmpty() || files.size() > Act.MOST_FILES) {
            throw new IllegalArgumentException(
                    "an act names 1 to " + Act.MOST_FILES + " files; this one names " + files.size() + ": split it");
        }
        return List.copyOf(sorted);
    }
}
