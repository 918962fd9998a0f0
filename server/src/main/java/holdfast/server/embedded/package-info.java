/** Runs the PostgreSQL that comes with Holdfast: its binaries, its cluster under one folder, its process. */
@NullMarked
package holdfast.server.embedded;

import org.jspecify.annotations.NullMarked;
