package holdfast.server.sql;

import holdfast.vocabulary.StorageName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What rules lock, added up. A file is one lock however many datasets of the rule it is in. Sums come from the summaries
 * by home; homes whose rows changed since, and homes that two datasets of a rule share, are counted from the rows, so that
 * nothing is ever stale.
 */
public final class RuleSums {
    private static final String OF_DATASETS = "with l as (select rule_id, storage_id, dataset_id from rule_lock where"
            + " rule_id = any(?) and dataset_id is not null), h as (select l.rule_id, l.storage_id, d.home, count(*) as"
            + " sets, sum(d.files) as files, sum(d.bytes) as bytes, array_agg(l.dataset_id) as ids from l join"
            + " dataset_home d on d.dataset_id = l.dataset_id group by 1, 2, 3), c as (select h.*, (h.sets > 1 or exists"
            + " (select from due where due.home = h.home and due.rows)) as live from h) select rule_id, storage_id,"
            + " sum(files), sum(bytes), sum(there) from ( select c.rule_id, c.storage_id, c.files, c.bytes,"
            + " coalesce(p.files, 0) as there from c left join present p on p.home = c.home and p.dataset_id = c.ids[1]"
            + " and p.storage_id = c.storage_id where not c.live union all select c.rule_id, c.storage_id, x.files,"
            + " x.bytes, x.there from c cross join lateral ( select count(*) as files, sum(f.bytes) as bytes, count(*)"
            + " filter (where exists (select from copy c where c.home = f.home and c.leaf = f.leaf and c.storage_id ="
            + " x0.storage_id and " + PresentTable.AVAILABLE
            + ")) as there from (select c.storage_id) x0, (select distinct m.leaf from member m where m.home = c.home"
            + " and m.dataset_id = any(c.ids)) m join file f on f.home = c.home and f.leaf = m.leaf) x where c.live) u"
            + " group by 1, 2";

    private static final String OF_FILES = "select l.rule_id, l.storage_id, count(*), sum(f.bytes),"
            + " count(*) filter (where exists (select from copy c where c.home = l.home and c.leaf = l.leaf"
            + " and c.storage_id = l.storage_id and " + PresentTable.AVAILABLE + ")) from rule_lock l"
            + " join file f on f.home = l.home and f.leaf = l.leaf where l.rule_id = any(?) and l.dataset_id is null"
            + " group by 1, 2";

    private static final String IN_TROUBLE = "select l.rule_id, l.storage_id, count(distinct (d.home, d.leaf)),"
            + " min(d.problem) from demand d join rule_lock l on l.storage_id = d.storage_id and l.rule_id = any(?)"
            + " where d.problem is not null and case when l.dataset_id is null then l.home = d.home and l.leaf = d.leaf"
            + " else exists (select from member m where m.home = d.home and m.dataset_id = l.dataset_id"
            + " and m.leaf = d.leaf) end group by 1, 2";

    private final Words words;

    public RuleSums(Words words) {
        this.words = words;
    }

    /**
     * What one rule locks at one element.
     *
     * @param there how many of the files are available there
     * @param inTrouble how many of the others were tried and failed
     * @param problem what the mover said of one of those; empty text where there is none
     */
    public record Sum(StorageName at, long files, long bytes, long there, long inTrouble, String problem) {
        Sum plus(long moreFiles, long moreBytes, long moreThere) {
            return new Sum(at, files + moreFiles, bytes + moreBytes, there + moreThere, inTrouble, problem);
        }

        Sum trouble(long count, String why) {
            return new Sum(at, files, bytes, there, Math.min(count, files - there), why);
        }
    }

    /** The sums of some rules, by element; a rule that locks nothing has none. */
    public Map<UUID, List<Sum>> of(Connection connection, List<UUID> rules) throws SQLException {
        Map<UUID, Map<StorageName, Sum>> sums = new HashMap<>();
        Array ids = connection.createArrayOf("uuid", rules.toArray());
        add(connection, OF_DATASETS, ids, sums);
        add(connection, OF_FILES, ids, sums);
        trouble(connection, ids, sums);
        Map<UUID, List<Sum>> lists = new HashMap<>();
        sums.forEach((rule, byElement) -> lists.put(rule, new ArrayList<>(byElement.values())));
        return lists;
    }

    private void add(Connection connection, String sql, Array rules, Map<UUID, Map<StorageName, Sum>> sums)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(1, rules);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    StorageName at = new StorageName(words.text(row.getInt(2)));
                    Map<StorageName, Sum> its =
                            sums.computeIfAbsent(row.getObject(1, UUID.class), r -> new java.util.TreeMap<>());
                    Sum before = its.getOrDefault(at, new Sum(at, 0, 0, 0, 0, ""));
                    its.put(at, before.plus(row.getLong(3), row.getLong(4), row.getLong(5)));
                }
            }
        }
    }

    private void trouble(Connection connection, Array rules, Map<UUID, Map<StorageName, Sum>> sums)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(IN_TROUBLE)) {
            select.setArray(1, rules);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    StorageName at = new StorageName(words.text(row.getInt(2)));
                    long count = row.getLong(3);
                    String why = row.getString(4);
                    sums.getOrDefault(row.getObject(1, UUID.class), Map.of())
                            .computeIfPresent(at, (a, sum) -> sum.trouble(count, why));
                }
            }
        }
    }
}
