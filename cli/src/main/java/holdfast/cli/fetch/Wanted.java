package holdfast.cli.fetch;

import holdfast.vocabulary.DataId;
import java.nio.file.Path;

/** A file that is wanted, and the place that it is to have. */
public record Wanted(DataId id, Path target) {}
