package holdfast.server.sql;

import holdfast.journal.Micros;
import holdfast.server.clock.HouseClock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Named leases for work that one node does at a time; a lease that was taken over has a higher epoch. A lease only keeps
 * nodes from doing the same work twice: what makes a late worker harmless is that the transaction which records its work
 * asks for the lease once more, under a lock ({@link #stillHolds}).
 *
 * <p>Leases are committed with the disk, unlike other work: were one lost with a database that died, its epoch would be
 * given out a second time.
 */
public final class Leases {
    private final Database database;
    private final HouseClock clock;
    private final UUID holder = Database.newId();
    private final Map<String, Held> held = new ConcurrentHashMap<>();
    private final AtomicLong late = new AtomicLong();

    public Leases(Database database, HouseClock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A lease that a node holds. */
    public record Lease(String name, UUID holder, long epoch) {}

    /** What this node knows of its own lease, and until when it need not ask again. */
    private record Held(Lease lease, Instant renewAt) {}

    /** Takes a lease, or renews it once a third of its time is over; empty while another node holds it. */
    public Optional<Lease> take(String name, Duration lasts) {
        Instant now = clock.now();
        Held known = held.get(name);
        if (known != null && now.isBefore(known.renewAt)) {
            return Optional.of(known.lease);
        }
        return renew(name, lasts, now);
    }

    private Optional<Lease> renew(String name, Duration lasts, Instant now) {
        held.remove(name);
        Optional<Lease> taken = database.write(connection -> upsert(connection, name, now, now.plus(lasts)));
        taken.ifPresent(lease -> held.put(name, new Held(lease, now.plus(lasts.dividedBy(3)))));
        return taken;
    }

    private Optional<Lease> upsert(Connection connection, String name, Instant now, Instant until) throws SQLException {
        String sql =
                "insert into lease(name, holder, until, epoch) values (?, ?, ?, 1) on conflict (name) do update set"
                        + " holder = excluded.holder, until = excluded.until, epoch = case when lease.holder = excluded.holder then"
                        + " lease.epoch else lease.epoch + 1 end where lease.holder = excluded.holder or lease.until <= ?"
                        + " returning epoch";
        try (PreparedStatement upsert = connection.prepareStatement(sql)) {
            upsert.setString(1, name);
            upsert.setObject(2, holder);
            upsert.setLong(3, Micros.of(until));
            upsert.setLong(4, Micros.of(now));
            try (ResultSet row = upsert.executeQuery()) {
                return row.next() ? Optional.of(new Lease(name, holder, row.getLong(1))) : Optional.empty();
            }
        }
    }

    /** Renews a lease again and again until closed, for work that may take longer than the lease lasts. */
    public Keeping keep(Lease lease, Duration lasts) {
        return new Keeping(lease, lasts);
    }

    /** A lease being renewed. When another node took it over, renewing ends; the work finds out when it records. */
    public final class Keeping implements AutoCloseable {
        private final CountDownLatch done = new CountDownLatch(1);

        private Keeping(Lease lease, Duration lasts) {
            Thread.ofVirtual().name("lease-" + lease.name()).start(() -> renewing(lease, lasts));
        }

        private void renewing(Lease lease, Duration lasts) {
            try {
                while (!done.await(lasts.dividedBy(3).toMillis(), TimeUnit.MILLISECONDS)) {
                    try {
                        if (!extend(lease, lasts)) {
                            return;
                        }
                    } catch (RuntimeException e) {
                        // The database does not answer; as long as it does not, nobody else takes the lease either.
                        System.getLogger(Leases.class.getName())
                                .log(System.Logger.Level.DEBUG, "renewing {0} failed: {1}", lease.name(), e.toString());
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            done.countDown();
        }
    }

    private boolean extend(Lease lease, Duration lasts) {
        Instant until = clock.now().plus(lasts);
        return database.write(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "update lease set until = ? where name = ? and holder = ? and epoch = ?")) {
                update.setLong(1, Micros.of(until));
                update.setString(2, lease.name);
                update.setObject(3, lease.holder);
                update.setLong(4, lease.epoch);
                return update.executeUpdate() == 1;
            }
        });
    }

    /** Gives one lease back when there is nothing to do under it, so that another node may have it at once. */
    public void giveBack(String name) {
        if (held.remove(name) != null) {
            end(connection -> {
                PreparedStatement update =
                        connection.prepareStatement("update lease set until = 0 where holder = ? and name = ?");
                update.setString(2, name);
                return update;
            });
        }
    }

    /** Gives back every lease of this node, so that the next one need not wait for their ends. */
    public void giveBack() {
        held.clear();
        end(connection -> connection.prepareStatement("update lease set until = 0 where holder = ?"));
    }

    private void end(Database.Work<PreparedStatement> statement) {
        database.write(connection -> {
            try (PreparedStatement update = statement.in(connection)) {
                update.setObject(1, holder);
                return update.executeUpdate();
            }
        });
    }

    /**
     * Whether a lease is still the one that was taken; locks it until the transaction ends. Asked by the transaction that
     * records the work, before anything else: a worker whose lease was taken over meanwhile must not write.
     */
    public boolean stillHolds(Connection connection, Lease lease) throws SQLException {
        boolean holds = holds(connection, lease);
        if (!holds) {
            held.remove(lease.name);
            late.incrementAndGet();
            System.getLogger(Leases.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "what was done under lease {0} is not recorded: another node took it over meanwhile",
                            lease.name);
        }
        return holds;
    }

    /** As {@link #stillHolds}, for work that ends where its lease does. */
    public void require(Connection connection, Lease lease) throws SQLException {
        if (!stillHolds(connection, lease)) {
            throw new Lost(lease);
        }
    }

    /** The lease was taken over; the transaction is rolled back. */
    public static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1;

        Lost(Lease lease) {
            super("another node took over " + lease.name);
        }
    }

    /** How many recordings of this node were refused because its lease had been taken over. */
    public long refusedAsLate() {
        return late.get();
    }

    static boolean holds(Connection connection, Lease lease) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select holder, epoch from lease where name = ? for update")) {
            select.setString(1, lease.name);
            try (ResultSet row = select.executeQuery()) {
                return row.next() && lease.holder.equals(row.getObject(1, UUID.class)) && row.getLong(2) == lease.epoch;
            }
        }
    }
}
