package holdfast.server.sql;

import holdfast.journal.Entry;
import holdfast.journal.Fact;
import holdfast.journal.Journal;
import holdfast.journal.Micros;
import holdfast.server.clock.HouseClock;
import holdfast.vocabulary.Actor;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The journal in PostgreSQL. A fact's rows change first, under locks taken in the order of their keys, and the entry is
 * the last statement of the transaction; so entries that touch the same row stand in the order in which they did. Not
 * final: the crash tests stop the process before and after each of its public methods.
 */
public class SqlJournal implements Journal {
    /** The transaction has its number before it draws an id, which the sequencer relies on. */
    static final String INSERT = "with own as materialized (select pg_current_xact_id() as xid)"
            + " insert into journal_entry(xid, uuid, at, actor, kind, version, lines, leaf, seed, manifest)"
            + " select own.xid, ?, ?, ?, ?, ?, ?, ?, ?, ? from own";

    private static final int DEADLOCKS = 3;

    private final Database database;
    private final Rows rows;
    private final HouseClock clock;
    private final SecureRandom random = new SecureRandom();

    public SqlJournal(Database database, Rows rows, HouseClock clock) {
        this.database = database;
        this.rows = rows;
        this.clock = clock;
    }

    /** Decides inside the transaction, after it has locked what it decides on; no fact, no change. */
    @FunctionalInterface
    public interface Decision {
        Optional<? extends Fact> decide(Connection connection) throws SQLException;
    }

    /** As {@link Decision}, for what is several facts at once: all of them or none. */
    @FunctionalInterface
    public interface Decisions {
        List<? extends Fact> decide(Connection connection) throws SQLException;
    }

    @Override
    public Appended append(Fact fact, Actor actor) {
        return append(actor, connection -> Optional.of(fact));
    }

    /** Appends the fact that the decision comes to; {@link Appended.Refused} when it comes to none. */
    public Appended append(Actor actor, Decision decision) {
        return appendAll(
                actor, connection -> decision.decide(connection).map(List::of).orElse(List.of()));
    }

    /**
     * Appends the facts that the decision comes to, in one transaction; the outcome speaks of the last of them. Where two
     * transactions wait for each other PostgreSQL ends one whole, and that one is decided anew.
     */
    public Appended appendAll(Actor actor, Decisions decisions) {
        for (int again = 0; again < DEADLOCKS; again++) {
            try {
                return appendOnce(actor, decisions);
            } catch (Database.Failed e) {
                if (!e.isDeadlock()) {
                    throw e;
                }
            }
        }
        return appendOnce(actor, decisions);
    }

    private Appended appendOnce(Actor actor, Decisions decisions) {
        UUID id = Database.newId();
        try {
            return database.<Appended>write(connection -> {
                List<? extends Fact> facts = decisions.decide(connection);
                if (facts.isEmpty()) {
                    return new Appended.Refused("there was nothing to record any more");
                }
                for (Fact fact : facts.subList(0, facts.size() - 1)) {
                    record(connection, fact, actor);
                }
                return new Appended.Done(record(connection, facts.getLast(), id, actor));
            });
        } catch (Database.UnknownCommit e) {
            return new Appended.Unknown(id, String.valueOf(e.getMessage()));
        } catch (Rows.Conflict e) {
            return new Appended.Refused(String.valueOf(e.getMessage()));
        }
    }

    /** Writes a fact's rows and its entry within a transaction of the caller's; must be its last statement. */
    Entry record(Connection connection, Fact fact, UUID id, Actor actor) throws SQLException {
        byte[] seed = new byte[Entry.Seed.LENGTH];
        random.nextBytes(seed);
        Entry entry = Entry.of(fact, id, clock.now(), actor, new Entry.Seed(seed));
        rows.take(connection, fact, entry.at());
        List<byte[]> lines = entry.linesAsBytes();
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setObject(1, entry.id());
            insert.setLong(2, Micros.of(entry.at()));
            insert.setString(3, entry.actor().name());
            insert.setString(4, entry.kind());
            insert.setInt(5, entry.version());
            insert.setInt(6, entry.lines().size());
            insert.setBytes(7, entry.leaf(lines).bytes());
            insert.setBytes(8, seed);
            insert.setBytes(9, Manifests.pack(lines));
            insert.executeUpdate();
        }
        return entry;
    }

    /** Writes a fact within a transaction of the caller's, under a fresh id. */
    public Entry record(Connection connection, Fact fact, Actor actor) throws SQLException {
        return record(connection, fact, Database.newId(), actor);
    }
}
