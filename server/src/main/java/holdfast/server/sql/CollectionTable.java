package holdfast.server.sql;

import holdfast.catalog.CatalogFact.ContentChanged;
import holdfast.catalog.CollectionRow;
import holdfast.catalog.CollectionRow.Extent;
import holdfast.journal.Micros;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The tables of collections and of what they hold. */
public final class CollectionTable {
    static final String COLUMNS = "home, leaf, created, updated, closed, expires, files, bytes, scope_id, kind, open,"
            + " monotonic, removed, account, name, metadata";

    private static final String FROM_ARRAYS = "select * from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],"
            + " ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::int[], ?::\"char\"[], ?::bool[], ?::bool[],"
            + " ?::bool[], ?::text[], ?::text[], ?::text[])";

    /** A row of `file` for a moment, so that one key keeps names unique over files and collections. */
    private static final String TAKE_NAMES = "insert into file(home, leaf, bytes, mention, scope_id, source_id,"
            + " source_state, origin, placed, lost, name, attributes) select home, leaf, 0, 0, 0, 0, 'U', 'A', false,"
            + " false, name, '' from unnest(?::bigint[], ?::bigint[], ?::text[]) n(home, leaf, name)"
            + " on conflict do nothing";

    private final Words words;
    private final DueTable due = new DueTable();

    public CollectionTable(Words words) {
        this.words = words;
    }

    /** A collection and its number in this database. */
    public record Numbered(long number, CollectionRow row) {}

    private record Keyed(NameKey key, CollectionRow row) {}

    /** Gives collections the values stated; a name that a file has is refused. */
    void take(Connection connection, List<CollectionRow> collections) throws SQLException {
        List<Keyed> rows = collections.stream()
                .map(c -> new Keyed(c.id().key(), c))
                .sorted(Comparator.comparing(Keyed::key))
                .toList();
        List<Keyed> fresh = fresh(connection, rows);
        if (!fresh.isEmpty()) {
            takeNames(connection, fresh);
        }
        try (PreparedStatement upsert = connection.prepareStatement("insert into collection(" + COLUMNS + ") "
                + FROM_ARRAYS + " on conflict (home, leaf) do update set updated = excluded.updated, closed ="
                + " excluded.closed, expires = excluded.expires, files = excluded.files, bytes ="
                + " excluded.bytes, open = excluded.open, monotonic = excluded.monotonic, removed ="
                + " excluded.removed, account = excluded.account, metadata = excluded.metadata where"
                + " collection.name = excluded.name and collection.scope_id = excluded.scope_id and"
                + " collection.kind = excluded.kind")) {
            set(connection, upsert, rows);
            if (upsert.executeUpdate() != rows.size()) {
                throw new Rows.Conflict("a name among these collections belongs to something else");
            }
        }
        if (!fresh.isEmpty()) {
            giveNamesBack(connection, fresh);
        }
    }

    private static List<Keyed> fresh(Connection connection, List<Keyed> rows) throws SQLException {
        List<Keyed> fresh = new ArrayList<>(rows);
        try (PreparedStatement select =
                connection.prepareStatement("select home, leaf from collection where (home, leaf)"
                        + " in (select * from unnest(?::bigint[], ?::bigint[]))")) {
            select.setArray(1, Columns.longs(connection, rows, r -> r.key.home()));
            select.setArray(2, Columns.longs(connection, rows, r -> r.key.leaf()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    NameKey known = new NameKey(row.getLong(1), row.getLong(2));
                    fresh.removeIf(r -> r.key.equals(known));
                }
            }
        }
        return fresh;
    }

    private static void takeNames(Connection connection, List<Keyed> fresh) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(TAKE_NAMES)) {
            insert.setArray(1, Columns.longs(connection, fresh, r -> r.key.home()));
            insert.setArray(2, Columns.longs(connection, fresh, r -> r.key.leaf()));
            insert.setArray(3, Columns.texts(connection, fresh, r -> r.row.id().name()));
            if (insert.executeUpdate() != fresh.size()) {
                throw new Rows.Conflict("a name among these collections is a file's, or comes twice");
            }
        }
    }

    private static void giveNamesBack(Connection connection, List<Keyed> fresh) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from file where (home, leaf) in (select * from unnest(?::bigint[], ?::bigint[]))")) {
            delete.setArray(1, Columns.longs(connection, fresh, r -> r.key.home()));
            delete.setArray(2, Columns.longs(connection, fresh, r -> r.key.leaf()));
            delete.executeUpdate();
        }
    }

    /** Refuses names of files that collections have; after the files' own rows were inserted. */
    static void refuseNames(Connection connection, List<NameKey> files) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select c.name from unnest(?::bigint[], ?::bigint[])"
                        + " n(home, leaf) join collection c using (home, leaf) limit 1")) {
            select.setArray(1, Columns.longs(connection, files, NameKey::home));
            select.setArray(2, Columns.longs(connection, files, NameKey::leaf));
            try (ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    throw new Rows.Conflict("the name " + row.getString(1) + " is a collection's");
                }
            }
        }
    }

    void take(Connection connection, ContentChanged fact) throws SQLException {
        List<NameKey> children =
                fact.children().stream().map(DataId::key).distinct().sorted().toList();
        Numbered parent = find(connection, fact.parent())
                .orElseThrow(() -> new Rows.Conflict("there is no collection " + fact.parent()));
        boolean attached = fact.change() == ContentChanged.Change.ATTACHED;
        switch (parent.row.kind()) {
            case DATASET -> {
                write(connection, attached ? ATTACH : DETACH, parent.number, children);
                if (!attached) {
                    clearEmpty(connection, parent.number);
                }
                due.names(connection, children);
            }
            case CONTAINER -> write(connection, attached ? CONTAIN : RELEASE, parent.number, children);
        }
        try (PreparedStatement insert =
                connection.prepareStatement("insert into content_due(collection_id) values (?)")) {
            insert.setLong(1, parent.number);
            insert.executeUpdate();
        }
    }

    private static final String CHILDREN = "with i as materialized (select * from unnest(?::bigint[], ?::bigint[])"
            + " t(home, leaf)), d as (select ?::bigint as id), ";

    private static final String ATTACH = CHILDREN
            + "m as (insert into member(home, dataset_id, leaf) select home, d.id, leaf from i, d on conflict do"
            + " nothing returning home, leaf) insert into dataset_home(home, dataset_id, files, bytes) select m.home,"
            + " d.id, count(*), sum(f.bytes) from d, m join file f on f.home = m.home and f.leaf = m.leaf group by"
            + " m.home, d.id order by m.home on conflict (home, dataset_id) do update set files = dataset_home.files +"
            + " excluded.files, bytes = dataset_home.bytes + excluded.bytes";

    private static final String DETACH = CHILDREN
            + "m as (delete from member using i, d where member.home = i.home and member.dataset_id = d.id and"
            + " member.leaf = i.leaf returning member.home, member.leaf), s as (select m.home, count(*) as files,"
            + " sum(f.bytes) as bytes from m join file f on f.home = m.home and f.leaf = m.leaf group by m.home order"
            + " by m.home) update dataset_home h set files = h.files - s.files, bytes = h.bytes - s.bytes from s, d"
            + " where h.home = s.home and h.dataset_id = d.id";

    private static final String CONTAIN = CHILDREN
            + "c as (select c.id from collection c join i using (home, leaf)) insert into containment(parent_id,"
            + " child_id) select d.id, c.id from c, d on conflict do nothing";

    private static final String RELEASE = CHILDREN
            + "c as (select c.id from collection c join i using (home, leaf)) delete from containment using c, d"
            + " where parent_id = d.id and child_id = c.id";

    private static void write(Connection connection, String sql, long parent, List<NameKey> children)
            throws SQLException {
        try (PreparedStatement write = connection.prepareStatement(sql)) {
            write.setArray(1, Columns.longs(connection, children, NameKey::home));
            write.setArray(2, Columns.longs(connection, children, NameKey::leaf));
            write.setLong(3, parent);
            write.executeUpdate();
        }
    }

    private static void clearEmpty(Connection connection, long dataset) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "with gone as (delete from dataset_home where dataset_id = ? and files = 0 returning home, dataset_id)"
                        + " delete from present p using gone g where p.home = g.home and p.dataset_id = g.dataset_id")) {
            delete.setLong(1, dataset);
            delete.executeUpdate();
        }
    }

    /** A collection as it stands, removed ones too. */
    public Optional<Numbered> find(Connection connection, DataId id) throws SQLException {
        return one(connection, id, "");
    }

    /** A collection that nobody else can change until the transaction ends: neither itself nor what it holds. */
    public Optional<Numbered> lock(Connection connection, DataId id) throws SQLException {
        return one(connection, id, " for no key update");
    }

    /** Locks the rows of some collections like {@link #lock(Connection, DataId)}. */
    public void lock(Connection connection, List<Numbered> some) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(
                "select id from collection where id = any(?) order by id for no key update")) {
            lock.setArray(1, Columns.longs(connection, some, Numbered::number));
            lock.executeQuery().close();
        }
    }

    private Optional<Numbered> one(Connection connection, DataId id, String locking) throws SQLException {
        NameKey key = id.key();
        try (PreparedStatement select = connection.prepareStatement(
                "select id, " + COLUMNS + " from collection where home = ? and leaf = ?" + locking)) {
            select.setLong(1, key.home());
            select.setLong(2, key.leaf());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row(row)).filter(c -> c.row.id().equals(id)) : Optional.empty();
            }
        }
    }

    /** Reads a row of {@code id} and {@link #COLUMNS}. */
    Numbered row(ResultSet row) throws SQLException {
        return row(row, 0);
    }

    /** The same, where those stand behind this many other columns. */
    Numbered row(ResultSet row, int behind) throws SQLException {
        Optional<Long> files = Columns.maybeLong(row, behind + 8);
        Optional<Long> bytes = Columns.maybeLong(row, behind + 9);
        CollectionRow.Times times = new CollectionRow.Times(
                Micros.instant(row.getLong(behind + 4)),
                Micros.instant(row.getLong(behind + 5)),
                Columns.maybeLong(row, behind + 6).map(Micros::instant),
                Columns.maybeLong(row, behind + 7).map(Micros::instant));
        return new Numbered(
                row.getLong(behind + 1),
                new CollectionRow(
                        new DataId(new Scope(words.text(row.getInt(behind + 10))), row.getString(behind + 16)),
                        row.getString(behind + 11).equals("D")
                                ? CollectionRow.Kind.DATASET
                                : CollectionRow.Kind.CONTAINER,
                        new AccountName(row.getString(behind + 15)),
                        row.getBoolean(behind + 12),
                        row.getBoolean(behind + 13),
                        times,
                        files.flatMap(f -> bytes.map(b -> new Extent(f, b))),
                        row.getString(behind + 17),
                        row.getBoolean(behind + 14)));
    }

    private void set(Connection connection, PreparedStatement upsert, List<Keyed> rows) throws SQLException {
        upsert.setArray(1, Columns.longs(connection, rows, r -> r.key.home()));
        upsert.setArray(2, Columns.longs(connection, rows, r -> r.key.leaf()));
        upsert.setArray(
                3, Columns.longs(connection, rows, r -> Micros.of(r.row.times().created())));
        upsert.setArray(
                4, Columns.longs(connection, rows, r -> Micros.of(r.row.times().updated())));
        upsert.setArray(
                5,
                Columns.maybeLongs(connection, rows, r -> r.row.times().closed().map(Micros::of)));
        upsert.setArray(
                6,
                Columns.maybeLongs(
                        connection, rows, r -> r.row.times().expires().map(Micros::of)));
        upsert.setArray(
                7, Columns.maybeLongs(connection, rows, r -> r.row.extent().map(Extent::files)));
        upsert.setArray(
                8, Columns.maybeLongs(connection, rows, r -> r.row.extent().map(Extent::bytes)));
        upsert.setArray(
                9,
                Columns.ints(
                        connection,
                        rows,
                        r -> words.number(Words.Kind.SCOPE, r.row.id().scope().name())));
        upsert.setArray(
                10, Columns.texts(connection, rows, r -> r.row.kind() == CollectionRow.Kind.DATASET ? "D" : "C"));
        upsert.setArray(11, Columns.flags(connection, rows, r -> r.row.open()));
        upsert.setArray(12, Columns.flags(connection, rows, r -> r.row.monotonic()));
        upsert.setArray(13, Columns.flags(connection, rows, r -> r.row.removed()));
        upsert.setArray(14, Columns.texts(connection, rows, r -> r.row.account().name()));
        upsert.setArray(15, Columns.texts(connection, rows, r -> r.row.id().name()));
        upsert.setArray(16, Columns.texts(connection, rows, r -> r.row.metadata()));
    }
}
