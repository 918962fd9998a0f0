package holdfast.server.sql;

import holdfast.journal.Micros;
import holdfast.server.clock.HouseClock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Named leases for work that one node does at a time; a lease that was taken over has a higher epoch. */
public final class Leases {
    private final Database database;
    private final HouseClock clock;
    private final UUID holder = Database.newId();

    public Leases(Database database, HouseClock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A lease that this node holds. */
    public record Lease(String name, long epoch) {}

    /** Takes or renews a lease; empty while another node holds it. */
    public Optional<Lease> take(String name, Duration lasts) {
        Instant now = clock.now();
        String sql =
                "insert into lease(name, holder, until, epoch) values (?, ?, ?, 1) on conflict (name) do update set"
                        + " holder = excluded.holder, until = excluded.until, epoch = case when lease.holder = excluded.holder then"
                        + " lease.epoch else lease.epoch + 1 end where lease.holder = excluded.holder or lease.until <= ?"
                        + " returning epoch";
        return database.write(connection -> {
            try (PreparedStatement upsert = connection.prepareStatement(sql)) {
                upsert.setString(1, name);
                upsert.setObject(2, holder);
                upsert.setLong(3, Micros.of(now.plus(lasts)));
                upsert.setLong(4, Micros.of(now));
                try (ResultSet row = upsert.executeQuery()) {
                    return row.next() ? Optional.of(new Lease(name, row.getLong(1))) : Optional.empty();
                }
            }
        });
    }

    /** Gives back every lease of this node, so that the next one need not wait for their ends. */
    public void giveBack() {
        database.write(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("update lease set until = 0 where holder = ?")) {
                update.setObject(1, holder);
                return update.executeUpdate();
            }
        });
    }

    /** Whether a lease is still this one; locks it until the transaction ends, so that a late worker cannot write. */
    static boolean holds(Connection connection, Lease lease) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select epoch from lease where name = ? for update")) {
            select.setString(1, lease.name);
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getLong(1) == lease.epoch;
            }
        }
    }
}
