package holdfast.cli.ingest;

import java.nio.file.Path;
import java.util.List;

/**
 * A file, or a line of a list, that did not come in.
 *
 * @param name the name it was to have, or its path where it got none
 * @param path where it lies
 */
public record Refused(String name, String path, List<Found> findings) {
    public Refused {
        findings = List.copyOf(findings);
    }

    static Refused of(String name, Path path, Found finding) {
        return new Refused(name, path.toString(), List.of(finding));
    }

    boolean isUnreadable() {
        return findings.stream().anyMatch(f -> f.code().equals(Found.UNREADABLE));
    }
}
