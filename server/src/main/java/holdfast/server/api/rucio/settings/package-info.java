/** Small things that Rucio's clients keep: configuration, conventions, exceptions, traces, open data. */
@NullMarked
package holdfast.server.api.rucio.settings;

import org.jspecify.annotations.NullMarked;
