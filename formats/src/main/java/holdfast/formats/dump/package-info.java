/** Dumps of a catalogue and of storage listings: their lines, their order, and the files of findings that compare them. */
@NullMarked
package holdfast.formats.dump;

import org.jspecify.annotations.NullMarked;
