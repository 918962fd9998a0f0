package holdfast.server.catalog;

import holdfast.server.sql.ArchiveTable.Role;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a name beside its own row.
 *
 * @param used when somebody last said that it was used
 */
public record Noted(Optional<Instant> used, Role role) {
    public static final Noted NOTHING = new Noted(Optional.empty(), Role.NONE);
}
