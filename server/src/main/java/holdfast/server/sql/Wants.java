package holdfast.server.sql;

import holdfast.journal.Micros;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Copies that are wanted, added up by the element they are for and by what stands in the way. */
public final class Wants {
    private final Words words;

    public Wants(Words words) {
        this.words = words;
    }

    /**
     * Demands of one element that wait alike.
     *
     * @param reason why one of them is wanted
     * @param problem what went wrong with their last attempt; empty for those that are merely in the queue
     * @param attempts of the one that was tried most often
     */
    public record Waiting(
            StorageName to, Extent extent, String reason, Optional<String> problem, int attempts, Instant nextTry) {}

    /** How much waits, and since when the longest. */
    public record Extent(long copies, ByteSize bytes, Instant since) {}

    /** The largest groups first. */
    public List<Waiting> all(Connection connection, int most) throws SQLException {
        String sql = "select storage_id, count(*), sum(bytes)::bigint, min(raised_at), min(reason), problem,"
                + " max(attempts), min(due_at) from demand group by storage_id, problem order by 2 desc limit ?";
        List<Waiting> waiting = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, most);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    waiting.add(new Waiting(
                            new StorageName(words.text(row.getInt(1))),
                            new Extent(row.getLong(2), new ByteSize(row.getLong(3)), Micros.instant(row.getLong(4))),
                            row.getString(5),
                            Optional.ofNullable(row.getString(6)),
                            row.getInt(7),
                            Micros.instant(row.getLong(8))));
                }
            }
        }
        return waiting;
    }
}
