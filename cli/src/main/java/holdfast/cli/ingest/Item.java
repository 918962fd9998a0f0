package holdfast.cli.ingest;

import java.util.Map;

/**
 * A file with the name it is to have.
 *
 * @param stated digests by algorithm, from a list of the source
 * @param attributes what a job states of it
 */
public record Item(SourceFile file, String name, Map<String, String> stated, Map<String, String> attributes) {
    public Item {
        stated = Map.copyOf(stated);
        attributes = Map.copyOf(attributes);
    }

    Refused refused(Found finding) {
        return Refused.of(name, file.path(), finding);
    }
}
