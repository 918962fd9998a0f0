package holdfast.server.sql;

import holdfast.ingest.Register;
import holdfast.journal.Micros;
import holdfast.judgement.Holding.ExpectedFile;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The outside register in rows: runs, and the files each expects. Importing a run again replaces what it expected. */
final class RegisterTables {
    private final Words words;

    RegisterTables(Words words) {
        this.words = words;
    }

    void take(Connection connection, Register register) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("insert into register(source, as_of) values (?, ?)"
                + " on conflict (one) do update set source = excluded.source, as_of = excluded.as_of")) {
            upsert.setString(1, register.source());
            upsert.setLong(2, Micros.of(register.asOf()));
            upsert.executeUpdate();
        }
        for (Register.Run run : register.runs()) {
            int id = run(connection, run);
            files(connection, id, run.files());
        }
    }

    List<NameKey> names(Register register) {
        return register.runs().stream()
                .flatMap(r -> r.files().stream())
                .map(f -> f.id().key())
                .sorted()
                .distinct()
                .toList();
    }

    Map<NameKey, ExpectedFile> inRange(Connection connection, long home, long firstLeaf, long lastLeaf)
            throws SQLException {
        String sql = "select e.leaf, e.scope_id, e.name, e.bytes, e.events, r.experiment, r.run, r.type, r.closed"
                + " from expected e join run r on r.id = e.run_id where e.home = ? and e.leaf between ? and ?";
        Map<NameKey, ExpectedFile> found = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, home);
            select.setLong(2, firstLeaf);
            select.setLong(3, lastLeaf);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.put(new NameKey(home, row.getLong(1)), expected(row));
                }
            }
        }
        return found;
    }

    /** When the runs of some files were closed, for those that the register names and whose run is closed. */
    Map<NameKey, Instant> closed(Connection connection, List<NameKey> keys) throws SQLException {
        String sql =
                "select e.home, e.leaf, r.closed from unnest(?::bigint[], ?::bigint[]) k(home, leaf) join expected e"
                        + " on e.home = k.home and e.leaf = k.leaf join run r on r.id = e.run_id where r.closed is not null";
        Map<NameKey, Instant> closed = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(1, Columns.longs(connection, keys, NameKey::home));
            select.setArray(2, Columns.longs(connection, keys, NameKey::leaf));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    closed.put(new NameKey(row.getLong(1), row.getLong(2)), Micros.instant(row.getLong(3)));
                }
            }
        }
        return closed;
    }

    private ExpectedFile expected(ResultSet row) throws SQLException {
        DataId id = new DataId(new Scope(words.text(row.getInt(2))), row.getString(3));
        Optional<ByteSize> size = Columns.maybeLong(row, 4).map(ByteSize::new);
        Optional<Long> events = Columns.maybeLong(row, 5);
        Optional<Instant> closed = Columns.maybeLong(row, 9).map(Micros::instant);
        return new ExpectedFile(
                new Register.Expected(id, size, events),
                new Register.RunKey(row.getString(6), row.getString(7)),
                row.getString(8),
                closed);
    }

    private static int run(Connection connection, Register.Run run) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("insert into run(experiment, run, type, closed)"
                + " values (?, ?, ?, ?) on conflict (experiment, run) do update set type = excluded.type,"
                + " closed = excluded.closed returning id")) {
            upsert.setString(1, run.key().experiment());
            upsert.setString(2, run.key().run());
            upsert.setString(3, run.type());
            Columns.set(upsert, 4, run.closed().map(Micros::of));
            try (ResultSet row = upsert.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private void files(Connection connection, int run, List<Register.Expected> files) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("with gone as (delete from expected where run_id = ? returning home)"
                        + " insert into due(home) select distinct home from gone")) {
            delete.setInt(1, run);
            delete.executeUpdate();
        }
        if (files.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into expected(home, leaf, scope_id, run_id, bytes, events, name) select n.home, n.leaf,"
                        + " n.scope_id, ?, n.bytes, n.events, n.name from unnest(?::bigint[], ?::bigint[], ?::int[],"
                        + " ?::bigint[], ?::bigint[], ?::text[]) n(home, leaf, scope_id, bytes, events, name)"
                        + " order by 1, 2 on conflict (home, leaf) do update set run_id = excluded.run_id,"
                        + " bytes = excluded.bytes, events = excluded.events")) {
            insert.setInt(1, run);
            insert.setArray(
                    2, Columns.longs(connection, files, f -> f.id().key().home()));
            insert.setArray(
                    3, Columns.longs(connection, files, f -> f.id().key().leaf()));
            insert.setArray(
                    4,
                    Columns.ints(
                            connection,
                            files,
                            f -> words.number(Words.Kind.SCOPE, f.id().scope().name())));
            insert.setArray(
                    5, Columns.maybeLongs(connection, files, f -> f.size().map(ByteSize::bytes)));
            insert.setArray(6, Columns.maybeLongs(connection, files, Register.Expected::events));
            insert.setArray(7, Columns.texts(connection, files, f -> f.id().name()));
            insert.executeUpdate();
        }
    }
}
