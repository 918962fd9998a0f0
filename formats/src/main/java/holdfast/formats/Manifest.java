package holdfast.formats;

import holdfast.ingest.StatedFile;
import java.util.List;
import java.util.Optional;

/**
 * The files that a manifest states, and what is wrong with the rest of it: a bad line hides no good one.
 *
 * @param files in the order of the manifest; a file of which it contradicts itself is not among them
 * @param findings in the order of the manifest; empty when all of it was read
 */
public record Manifest(List<StatedFile> files, List<Finding> findings) {
    public Manifest {
        files = List.copyOf(files);
        findings = findings.stream().sorted().toList();
    }

    /** What it states of a path; empty when it does not name it. */
    public Optional<StatedFile> of(String path) {
        return files.stream().filter(f -> f.path().equals(path)).findFirst();
    }
}
