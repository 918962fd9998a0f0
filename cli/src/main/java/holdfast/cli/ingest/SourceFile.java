package holdfast.cli.ingest;

import java.nio.file.Path;

/**
 * A regular file below the folder.
 *
 * @param relative its path below the folder, with {@code /}
 * @param size bytes when it was looked at
 */
public record SourceFile(Path path, String relative, long size) {}
