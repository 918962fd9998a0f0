package holdfast.server.sql;

import holdfast.journal.Line;
import holdfast.journal.Micros;
import holdfast.placement.PlacementFact;
import holdfast.placement.PlacementFact.LocksChanged;
import holdfast.placement.PlacementFact.RulesChanged;
import holdfast.placement.Rule;
import holdfast.placement.RuleLock;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The tables of rules and of what they lock. */
public final class RuleTables {
    private static final String DUE_OF_RULE =
            "insert into due(home, leaf, rows) select l.home, l.leaf, false from rule_lock l where l.rule_id = ? and"
                    + " l.dataset_id is null union all select h.home, null, false from dataset_home h where h.dataset_id"
                    + " in (select dataset_id from rule_lock where rule_id = ? and dataset_id is not null)";

    private final Words words;

    public RuleTables(Words words) {
        this.words = words;
    }

    void take(Connection connection, PlacementFact fact) throws SQLException {
        switch (fact) {
            case RulesChanged changed -> {
                for (Rule rule : changed.rules()) {
                    put(connection, rule);
                    if (rule.removed()) {
                        drop(connection, rule.id());
                    }
                }
            }
            case LocksChanged changed -> {
                List<Keyed> locks = changed.locks().stream()
                        .map(l -> new Keyed(l.of().key(), l))
                        .sorted(Comparator.comparing(Keyed::key))
                        .toList();
                write(connection, changed.change() == LocksChanged.Change.TAKEN ? TAKE : GIVE_UP, locks);
                makeDue(connection, locks);
            }
        }
    }

    private record Keyed(NameKey key, RuleLock lock) {}

    private static void put(Connection connection, Rule rule) throws SQLException {
        NameKey key = rule.target().id().key();
        try (PreparedStatement upsert = connection.prepareStatement(
                "insert into rule(id, home, leaf, kind, removed, expires, updated, account, expression, copies,"
                        + " paused, replaced, line) values (?, ?, ?, ?::\"char\", ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict"
                        + " (id) do update set removed = excluded.removed, expires = excluded.expires, updated ="
                        + " excluded.updated, account = excluded.account, expression = excluded.expression, copies ="
                        + " excluded.copies, paused = excluded.paused, replaced = excluded.replaced, line ="
                        + " excluded.line")) {
            upsert.setObject(1, rule.id());
            upsert.setLong(2, key.home());
            upsert.setLong(3, key.leaf());
            upsert.setString(4, rule.target().kind().name().substring(0, 1));
            upsert.setBoolean(5, rule.removed());
            Columns.set(upsert, 6, rule.hold().expires().map(Micros::of));
            upsert.setLong(7, Micros.of(rule.hold().updated()));
            upsert.setString(8, rule.hold().account().name());
            upsert.setString(9, rule.wish().expression());
            upsert.setInt(10, rule.wish().copies());
            upsert.setString(11, rule.paused().map(Enum::name).orElse(null));
            upsert.setBoolean(12, rule.details().contains("\"child_rule_id\""));
            upsert.setString(13, rule.write(new Line.Writer()).line().text());
            upsert.executeUpdate();
        }
    }

    private static void drop(Connection connection, UUID rule) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(DUE_OF_RULE)) {
            insert.setObject(1, rule);
            insert.setObject(2, rule);
            insert.executeUpdate();
        }
        try (PreparedStatement delete = connection.prepareStatement("delete from rule_lock where rule_id = ?")) {
            delete.setObject(1, rule);
            delete.executeUpdate();
        }
    }

    private static final String LOCKS = "with i as materialized (select * from unnest(?::bigint[], ?::bigint[],"
            + " ?::uuid[], ?::int[], ?::bool[], ?::int[], ?::text[]) t(home, leaf, rule_id, storage_id, whole, scope_id,"
            + " name)) ";

    private static final String TAKE = LOCKS
            + "insert into rule_lock(home, leaf, rule_id, storage_id, dataset_id, scope_id, name) select i.home,"
            + " i.leaf, i.rule_id, i.storage_id, c.id, i.scope_id, i.name from i left join collection c on i.whole and"
            + " c.home = i.home and c.leaf = i.leaf on conflict do nothing";

    private static final String GIVE_UP = LOCKS
            + "delete from rule_lock l using i where l.home = i.home and l.leaf = i.leaf and l.rule_id = i.rule_id"
            + " and l.storage_id = i.storage_id";

    private void write(Connection connection, String sql, List<Keyed> locks) throws SQLException {
        try (PreparedStatement write = connection.prepareStatement(sql)) {
            write.setArray(1, Columns.longs(connection, locks, l -> l.key.home()));
            write.setArray(2, Columns.longs(connection, locks, l -> l.key.leaf()));
            write.setArray(
                    3,
                    connection.createArrayOf(
                            "uuid", locks.stream().map(l -> l.lock.rule()).toArray()));
            write.setArray(
                    4,
                    Columns.ints(
                            connection,
                            locks,
                            l -> words.number(Words.Kind.STORAGE, l.lock.at().name())));
            write.setArray(5, Columns.flags(connection, locks, l -> l.lock.holds() == RuleLock.Holds.DATASET));
            write.setArray(
                    6,
                    Columns.ints(
                            connection,
                            locks,
                            l -> words.number(
                                    Words.Kind.SCOPE, l.lock.of().scope().name())));
            write.setArray(7, Columns.texts(connection, locks, l -> l.lock.of().name()));
            write.executeUpdate();
        }
    }

    private static void makeDue(Connection connection, List<Keyed> locks) throws SQLException {
        List<NameKey> files = locks.stream()
                .filter(l -> l.lock.holds() == RuleLock.Holds.FILE)
                .map(Keyed::key)
                .distinct()
                .toList();
        List<NameKey> datasets = locks.stream()
                .filter(l -> l.lock.holds() == RuleLock.Holds.DATASET)
                .map(Keyed::key)
                .distinct()
                .toList();
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into due(home, leaf, rows) select home, leaf, false from unnest(?::bigint[], ?::bigint[])"
                        + " i(home, leaf)")) {
            insert.setArray(1, Columns.longs(connection, files, NameKey::home));
            insert.setArray(2, Columns.longs(connection, files, NameKey::leaf));
            insert.executeUpdate();
        }
        try (PreparedStatement insert =
                connection.prepareStatement("insert into due(home, rows) select distinct h.home, false from"
                        + " unnest(?::bigint[], ?::bigint[]) i(home, leaf) join collection c using (home, leaf)"
                        + " join dataset_home h on h.dataset_id = c.id")) {
            insert.setArray(1, Columns.longs(connection, datasets, NameKey::home));
            insert.setArray(2, Columns.longs(connection, datasets, NameKey::leaf));
            insert.executeUpdate();
        }
    }

    /** One rule as it stands, removed ones too. */
    public Optional<Rule> find(Connection connection, UUID id) throws SQLException {
        return one(connection, "select line from rule where id = ?", id);
    }

    /** One rule that nobody else can change until the transaction ends. */
    public Optional<Rule> lock(Connection connection, UUID id) throws SQLException {
        return one(connection, "select line from rule where id = ? for update", id);
    }

    private static Optional<Rule> one(Connection connection, String sql, UUID id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(rule(row.getString(1))) : Optional.empty();
            }
        }
    }

    static Rule rule(String line) {
        return Rule.read(new Line.Reader(Line.of(line)));
    }

    /** The rules of an account that are not removed. */
    public List<UUID> ofAccount(Connection connection, AccountName account) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select id from rule where account = ? and not removed order by id")) {
            select.setString(1, account.name());
            return ids(select);
        }
    }

    /** The accounts whose rules lock something at an element. */
    public List<AccountName> accountsAt(Connection connection, StorageName element) throws SQLException {
        List<AccountName> found = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("select distinct r.account from rule_lock l join rule r on r.id = l.rule_id"
                        + " where l.storage_id = ? and not r.removed order by 1")) {
            select.setInt(1, words.number(Words.Kind.STORAGE, element.name()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(new AccountName(row.getString(1)));
                }
            }
        }
        return found;
    }

    private static final String OF_OBSERVED = "exists (select from document d join word w on w.kind = 'S' and"
            + " w.text = d.key where d.kind = '" + ObservedScopes.KIND + "' and (exists (select from collection c where"
            + " c.home = r.home and c.leaf = r.leaf and c.scope_id = w.id) or exists (select from file f where f.home ="
            + " r.home and f.leaf = r.leaf and f.scope_id = w.id)))";

    /** Rules whose time is over, those of observed scopes left out; the oldest first. */
    public List<UUID> expired(Connection connection, Instant now, int most) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select id from rule r where expires <= ? and not"
                + " removed and not " + OF_OBSERVED + " order by expires limit ?")) {
            select.setLong(1, Micros.of(now));
            select.setInt(2, most);
            return ids(select);
        }
    }

    /** Rules at work about names of a scope that hold nothing anywhere. */
    public List<Rule> holdingNothing(Connection connection, Scope scope) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select r.line from rule r where not r.removed and"
                + " r.paused is null and not exists (select from rule_lock l where l.rule_id = r.id) and (exists (select"
                + " from collection c where c.home = r.home and c.leaf = r.leaf and c.scope_id = ?) or exists (select from"
                + " file f where f.home = r.home and f.leaf = r.leaf and f.scope_id = ?)) order by r.id")) {
            int number = words.number(Words.Kind.SCOPE, scope.name());
            select.setInt(1, number);
            select.setInt(2, number);
            return rules(select);
        }
    }

    /** Rules that are not at work, for one reason. */
    public List<UUID> paused(Connection connection, Rule.Pause why) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select id from rule where paused = ? and not removed order by updated")) {
            select.setString(1, why.name());
            return ids(select);
        }
    }

    /** Rules that another one is to take the place of. */
    public List<Rule> withChild(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select line from rule where replaced and not removed order by id")) {
            return rules(select);
        }
    }

    /** Rules about some names, removed ones only where asked for; the oldest first. */
    public List<Rule> about(Connection connection, List<NameKey> targets, boolean removedToo) throws SQLException {
        String sql = "select line from rule where (home, leaf) in (select * from unnest(?::bigint[], ?::bigint[]))"
                + (removedToo ? "" : " and not removed") + " order by id";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(1, Columns.longs(connection, targets, NameKey::home));
            select.setArray(2, Columns.longs(connection, targets, NameKey::leaf));
            return rules(select);
        }
    }

    /** Whether a rule with the same wish of the same account stands. */
    public boolean isThere(Connection connection, Rule rule) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select 1 from rule where home = ? and leaf = ?"
                + " and account = ? and expression = ? and copies = ? and not removed and id <> ?")) {
            NameKey key = rule.target().id().key();
            select.setLong(1, key.home());
            select.setLong(2, key.leaf());
            select.setString(3, rule.hold().account().name());
            select.setString(4, rule.wish().expression());
            select.setInt(5, rule.wish().copies());
            select.setObject(6, rule.id());
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Takes one rule after the other, and may ask the database more of each. */
    @FunctionalInterface
    public interface Taking {
        void take(Rule rule) throws SQLException;
    }

    /** All rules that are not removed, for lists; read as they come. */
    public void each(Connection connection, Optional<AccountName> of, Taking taking) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select line from rule where not removed and (? is null or account = ?) order by id")) {
            select.setFetchSize(500);
            select.setString(1, of.map(AccountName::name).orElse(null));
            select.setString(2, of.map(AccountName::name).orElse(null));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    taking.take(rule(row.getString(1)));
                }
            }
        }
    }

    private static List<UUID> ids(PreparedStatement select) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                ids.add(row.getObject(1, UUID.class));
            }
        }
        return ids;
    }

    private static List<Rule> rules(PreparedStatement select) throws SQLException {
        List<Rule> rules = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                rules.add(rule(row.getString(1)));
            }
        }
        return rules;
    }

    /** The locks that a rule has, as they were taken. */
    public List<RuleLock> locks(Connection connection, UUID rule) throws SQLException {
        List<RuleLock> locks = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select rule_id, scope_id, name, dataset_id,"
                + " storage_id from rule_lock where rule_id = ? order by scope_id, name, storage_id")) {
            select.setObject(1, rule);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    locks.add(lock(row));
                }
            }
        }
        return locks;
    }

    /** Those of some locks that were taken and not given up. */
    public Set<RuleLock> standing(Connection connection, List<RuleLock> locks) throws SQLException {
        Set<RuleLock> found = new HashSet<>();
        try (PreparedStatement select =
                connection.prepareStatement("select l.rule_id, l.scope_id, l.name, l.dataset_id, l.storage_id from"
                        + " unnest(?::bigint[], ?::bigint[], ?::uuid[]) i(home, leaf, rule_id) join rule_lock l using"
                        + " (home, leaf, rule_id)")) {
            select.setArray(
                    1, Columns.longs(connection, locks, l -> l.of().key().home()));
            select.setArray(
                    2, Columns.longs(connection, locks, l -> l.of().key().leaf()));
            select.setArray(
                    3,
                    connection.createArrayOf(
                            "uuid", locks.stream().map(RuleLock::rule).toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(lock(row));
                }
            }
        }
        return found;
    }

    RuleLock lock(ResultSet row) throws SQLException {
        boolean whole = Columns.maybeLong(row, 4).isPresent();
        return new RuleLock(
                row.getObject(1, UUID.class),
                new DataId(new Scope(words.text(row.getInt(2))), row.getString(3)),
                whole ? RuleLock.Holds.DATASET : RuleLock.Holds.FILE,
                new StorageName(words.text(row.getInt(5))));
    }
}
