package holdfast.server.sql;

import holdfast.evidence.EvidenceFact.RestoreDrilled;
import holdfast.journal.BadEntry;
import holdfast.journal.Line;
import holdfast.journal.Micros;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The last restore drill, and the last that succeeded, as the house remembers them. The journal has all; these are kept
 * so that nobody must read it to know whether the next one is late.
 */
public final class Drilled {
    private static final String LAST = "restore-drill";
    private static final String LAST_GOOD = "restore-drill-good";

    private final Memory memory;

    public Drilled(Memory memory) {
        this.memory = memory;
    }

    /** The newest drill, whatever it found. */
    public Optional<RestoreDrilled> last() {
        return read(LAST);
    }

    /** The newest drill in which everything came back. */
    public Optional<RestoreDrilled> lastGood() {
        return read(LAST_GOOD);
    }

    private Optional<RestoreDrilled> read(String name) {
        try {
            return memory.recall(name).map(note -> RestoreDrilled.read(List.of(Line.of(note.value()))));
        } catch (BadEntry unreadable) {
            return Optional.empty();
        }
    }

    static void keep(Connection connection, RestoreDrilled drilled) throws SQLException {
        keep(connection, LAST, drilled);
        if (drilled.agreed()) {
            keep(connection, LAST_GOOD, drilled);
        }
    }

    private static void keep(Connection connection, String name, RestoreDrilled drilled) throws SQLException {
        try (PreparedStatement upsert =
                connection.prepareStatement("insert into memory(name, value, at) values (?, ?, ?)"
                        + " on conflict (name) do update set value = excluded.value, at = excluded.at")) {
            upsert.setString(1, name);
            upsert.setString(2, drilled.lines().getFirst().text());
            upsert.setLong(3, Micros.of(drilled.began()));
            upsert.executeUpdate();
        }
    }
}
