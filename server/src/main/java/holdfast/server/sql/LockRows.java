package holdfast.server.sql;

import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Locks as clients see them: each file of a rule by itself, or each dataset. Read as they come; nothing is collected. */
public final class LockRows {
    private static final int FETCH = 2_000;

    private static final String HELD = "exists (select from copy c where c.home = f.home and c.leaf = f.leaf"
            + " and c.storage_id = h.storage_id and " + PresentTable.AVAILABLE + "), (select d.problem from demand d"
            + " where d.home = f.home and d.leaf = f.leaf and d.storage_id = h.storage_id)";

    private static final String OF_RULE = "with l as (select storage_id, dataset_id from rule_lock where rule_id = ?"
            + " and dataset_id is not null), h as (select l.storage_id, d.home, array_agg(l.dataset_id) as ids from l"
            + " join dataset_home d on d.dataset_id = l.dataset_id group by 1, 2)"
            + " select h.storage_id, f.scope_id, f.name, " + HELD + " from h cross join lateral (select distinct m.leaf"
            + " from member m where m.home = h.home and m.dataset_id = any(h.ids)) m join file f on f.home = h.home"
            + " and f.leaf = m.leaf union all select h.storage_id, f.scope_id, f.name, " + HELD + " from rule_lock h"
            + " join file f on f.home = h.home and f.leaf = h.leaf where h.rule_id = ? and h.dataset_id is null";

    /** How many files of a locked dataset are available where it is locked; homes that changed are counted. */
    private static final String THERE = "(select coalesce(sum(p.files), 0) from present p where p.dataset_id ="
            + " l.dataset_id and p.storage_id = l.storage_id and not exists (select from due where due.home = p.home and"
            + " due.rows)) + (select count(*) from dataset_home d join member m on m.home = d.home and m.dataset_id ="
            + " d.dataset_id where d.dataset_id = l.dataset_id and exists (select from due where due.home = d.home and"
            + " due.rows) and exists (select from copy c where c.home = m.home and c.leaf = m.leaf and c.storage_id ="
            + " l.storage_id and " + PresentTable.AVAILABLE + "))";

    private static final String OF_DATASETS = "select l.rule_id, l.storage_id, l.scope_id, l.name, r.account, r.paused,"
            + " s.files, s.bytes, (select coalesce(sum(files), 0) from dataset_home d where d.dataset_id ="
            + " l.dataset_id), " + THERE
            + ", exists (select from demand d join member m on m.home = d.home and m.leaf = d.leaf and m.dataset_id ="
            + " l.dataset_id where d.storage_id = l.storage_id and d.problem is not null), r.line from rule_lock l"
            + " join rule r on r.id = l.rule_id join collection s on s.id = l.dataset_id where ";

    private final Words words;

    public LockRows(Words words) {
        this.words = words;
    }

    /** A file as a rule locks it. @param problem what stands in the way, where it was tried and failed */
    public record OfFile(DataId file, StorageName at, boolean available, Optional<String> problem) {}

    /**
     * A dataset as a rule locks it.
     *
     * @param of what the rule is about: the dataset, or a container above it
     * @param closedFiles of the dataset when it was closed; empty while it is open, and so are the bytes
     */
    public record OfDataset(
            UUID rule,
            DataId of,
            DataId dataset,
            StorageName at,
            String account,
            boolean stuck,
            boolean available,
            Optional<Long> closedFiles,
            Optional<Long> closedBytes) {}

    public void ofRule(Connection connection, UUID rule, Consumer<OfFile> taking) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(OF_RULE)) {
            select.setFetchSize(FETCH);
            select.setObject(1, rule);
            select.setObject(2, rule);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    taking.accept(new OfFile(
                            id(row, 2),
                            new StorageName(words.text(row.getInt(1))),
                            row.getBoolean(4),
                            Optional.ofNullable(row.getString(5))));
                }
            }
        }
    }

    /** The locks on one dataset. */
    public void ofDataset(Connection connection, long dataset, Consumer<OfDataset> taking) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(OF_DATASETS + "l.dataset_id = ? order by l.storage_id, l.rule_id")) {
            select.setLong(1, dataset);
            datasets(select, taking);
        }
    }

    /** The locks on whole datasets at one element. */
    public void at(Connection connection, StorageName element, Consumer<OfDataset> taking) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                OF_DATASETS + "l.storage_id = ? and l.dataset_id is not null order by l.scope_id, l.name, l.rule_id")) {
            select.setInt(1, words.number(Words.Kind.STORAGE, element.name()));
            datasets(select, taking);
        }
    }

    private void datasets(PreparedStatement select, Consumer<OfDataset> taking) throws SQLException {
        select.setFetchSize(FETCH);
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                boolean stuck = row.getBoolean(11) || "STUCK".equals(row.getString(6));
                taking.accept(new OfDataset(
                        row.getObject(1, UUID.class),
                        RuleTables.rule(row.getString(12)).target().id(),
                        id(row, 3),
                        new StorageName(words.text(row.getInt(2))),
                        row.getString(5),
                        stuck,
                        row.getLong(9) == row.getLong(10),
                        Columns.maybeLong(row, 7),
                        Columns.maybeLong(row, 8)));
            }
        }
    }

    private DataId id(ResultSet row, int first) throws SQLException {
        return new DataId(new Scope(words.text(row.getInt(first))), row.getString(first + 1));
    }
}
