package holdfast.server.drivers.fts;

import holdfast.storage.ThirdPartyCopy.Note;
import java.time.Duration;
import java.util.Optional;

/**
 * That a destination is a tape library, and FTS3 is to wait until what it copied is archived.
 *
 * @param within how long it waits
 * @param note what the library is told with each file
 */
public record FtsArchive(Duration within, Optional<Note> note) {}
