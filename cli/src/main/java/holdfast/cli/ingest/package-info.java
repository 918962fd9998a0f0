/** Brings a folder's files to a server: walks it, asks what is known, sends packs, and compares what is there already. */
@NullMarked
package holdfast.cli.ingest;

import org.jspecify.annotations.NullMarked;
