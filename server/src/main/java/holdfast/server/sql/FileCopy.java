package holdfast.server.sql;

import holdfast.catalog.CopyRow;
import holdfast.catalog.FileRow;

/** A copy with its file, whose accession digests its bytes are compared with. */
public record FileCopy(FileRow file, CopyRow copy) {}
