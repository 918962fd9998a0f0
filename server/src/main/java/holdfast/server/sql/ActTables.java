package holdfast.server.sql;

import holdfast.journal.Line;
import holdfast.journal.Micros;
import holdfast.retention.Hold;
import holdfast.retention.RetentionFact;
import holdfast.retention.RetentionFact.ActChanged;
import holdfast.retention.RetentionFact.SignerNamed;
import holdfast.retention.SignedAct;
import holdfast.retention.SiteRemoval;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Signers, acts and the custody hold as rows. */
public final class ActTables {
    private final PublishedTable published = new PublishedTable();

    /** Writes what a fact of the room retention states beyond rows of the catalogue. */
    void take(Connection connection, RetentionFact fact) throws SQLException {
        switch (fact) {
            case SignerNamed named -> put(connection, named);
            case ActChanged changed -> put(connection, changed.act());
            case RetentionFact.HoldBegan began -> put(connection, began.hold());
            case RetentionFact.HoldLifted _ -> lift(connection);
            case RetentionFact.Published made -> published.take(connection, made);
            case RetentionFact.RemovalHanded(SiteRemoval.Handed handed, var _) -> HandedTable.put(connection, handed);
            case RetentionFact.CopiesDecided _, RetentionFact.FilesDeclaredLost _, RetentionFact.ReleaseRefused _ -> {}
        }
    }

    private static void put(Connection connection, SignerNamed named) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(
                "insert into signer(name, key, retired) values (?, ?, ?) on conflict (name) do update set key ="
                        + " excluded.key, retired = excluded.retired")) {
            upsert.setString(1, named.signer().name().name());
            upsert.setString(2, named.signer().key());
            upsert.setBoolean(3, named.retired());
            upsert.executeUpdate();
        }
    }

    private static void put(Connection connection, SignedAct act) throws SQLException {
        try (PreparedStatement upsert =
                connection.prepareStatement("insert into act(id, state, since, word, element, line)"
                        + " values (?, ?::\"char\", ?, ?, ?, ?) on conflict (id) do update set state = excluded.state,"
                        + " since = excluded.since, line = excluded.line")) {
            upsert.setObject(1, act.id());
            upsert.setString(2, letter(act.state()));
            upsert.setLong(3, Micros.of(act.since()));
            upsert.setString(4, act.act().word());
            upsert.setString(5, act.act().about().map(StorageName::name).orElse(null));
            upsert.setString(6, act.line().text());
            upsert.executeUpdate();
        }
    }

    private static void put(Connection connection, Hold hold) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(
                "insert into hold(line) values (?) on conflict (one) do update set line = excluded.line")) {
            upsert.setString(1, hold.line().text());
            upsert.executeUpdate();
        }
    }

    private static void lift(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from hold")) {
            delete.executeUpdate();
        }
    }

    /**
     * Keeps the custody hold and the plan in force as they are until the transaction ends: no hold can begin or be lifted,
     * and no plan come into force between the last look and what was looked for. Conditions of elements stay free, since a
     * driver that hangs must not keep the watchers from saying so.
     */
    public void lockWhatForbids(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("lock table hold, adopted in share mode")) {
            lock.execute();
        }
    }

    /** The custody hold in force. */
    public Optional<Hold> hold(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select line from hold");
                ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(Hold.read(Line.of(row.getString(1)))) : Optional.empty();
        }
    }

    /** All who ever signed, retired ones too. */
    public List<SignerNamed> signers(Connection connection) throws SQLException {
        return signers(connection, "select name, key, retired from signer order by name");
    }

    /** The same; until the transaction ends nobody is retired. */
    public List<SignerNamed> lockedSigners(Connection connection) throws SQLException {
        return signers(connection, "select name, key, retired from signer order by name for share");
    }

    private static List<SignerNamed> signers(Connection connection, String sql) throws SQLException {
        List<SignerNamed> signers = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                signers.add(new SignerNamed(
                        new holdfast.retention.Signer(new Actor(row.getString(1)), row.getString(2)),
                        row.getBoolean(3)));
            }
        }
        return signers;
    }

    /** One act, which nobody else can change until the transaction ends. */
    public Optional<SignedAct> lock(Connection connection, UUID id) throws SQLException {
        return one(connection, id, "select line from act where id = ? for update");
    }

    public Optional<SignedAct> find(Connection connection, UUID id) throws SQLException {
        return one(connection, id, "select line from act where id = ?");
    }

    private static Optional<SignedAct> one(Connection connection, UUID id, String sql) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(SignedAct.read(Line.of(row.getString(1)))) : Optional.empty();
            }
        }
    }

    /** Acts that wait for something: open ones and signed ones, the oldest first. */
    public List<SignedAct> goingOn(Connection connection) throws SQLException {
        return many(connection, "select line from act where state in ('O', 'S') order by since, id");
    }

    /** Every act, the newest first. */
    public List<SignedAct> all(Connection connection) throws SQLException {
        return many(connection, "select line from act order by since desc, id");
    }

    /** When each element was cleared of suspicion last. */
    public Map<StorageName, Instant> cleared(Connection connection) throws SQLException {
        Map<StorageName, Instant> cleared = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                        "select element, max(since) from act where word = 'clear-suspicion' and state = 'D' group by"
                                + " 1");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                cleared.put(new StorageName(row.getString(1)), Micros.instant(row.getLong(2)));
            }
        }
        return cleared;
    }

    private static List<SignedAct> many(Connection connection, String sql) throws SQLException {
        List<SignedAct> acts = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                acts.add(SignedAct.read(Line.of(row.getString(1))));
            }
        }
        return acts;
    }

    private static String letter(SignedAct.State state) {
        return switch (state) {
            case OPEN -> "O";
            case SIGNED -> "S";
            case DONE -> "D";
            case WITHDRAWN -> "W";
        };
    }
}
