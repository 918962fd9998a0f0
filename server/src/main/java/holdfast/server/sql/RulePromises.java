package holdfast.server.sql;

import holdfast.judgement.Holding;
import holdfast.placement.Promise;
import holdfast.server.sql.Homes.Slice;
import holdfast.vocabulary.Activity;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Where rules hold the files of a slice: by locks on their datasets, and by locks on single files. */
public final class RulePromises {
    private static final String OF_DATASETS =
            "select m.leaf, l.storage_id, r.id, r.account, r.activity from dataset_home d"
                    + " join rule_lock l on l.dataset_id = d.dataset_id join rule r on r.id = l.rule_id"
                    + " join member m on m.home = d.home and m.dataset_id = d.dataset_id and m.leaf between ? and ?"
                    + " where d.home = ? and coalesce(r.paused, 'STUCK') = 'STUCK'";

    private static final String OF_FILES = "select l.leaf, l.storage_id, r.id, r.account, r.activity from rule_lock l"
            + " join rule r on r.id = l.rule_id where l.home = ? and l.leaf between ? and ? and l.dataset_id is null"
            + " and coalesce(r.paused, 'STUCK') = 'STUCK'";

    private final Words words;

    public RulePromises(Words words) {
        this.words = words;
    }

    private static final String OF_ONE = "select l.storage_id, r.id, r.account from rule_lock l join rule r"
            + " on r.id = l.rule_id where l.home = ? and l.leaf = ? and l.dataset_id is null union all"
            + " select l.storage_id, r.id, r.account from dataset_home d join member m on m.home = d.home"
            + " and m.dataset_id = d.dataset_id and m.leaf = ? join rule_lock l on l.dataset_id = d.dataset_id"
            + " join rule r on r.id = l.rule_id where d.home = ?";

    /** Where rules hold some files, working or not, each with one of the rules. */
    public Map<DataId, Map<StorageName, String>> of(Connection connection, Collection<DataId> files)
            throws SQLException {
        Map<DataId, Map<StorageName, String>> promised = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(OF_ONE)) {
            for (DataId file : files) {
                NameKey key = file.key();
                select.setLong(1, key.home());
                select.setLong(2, key.leaf());
                select.setLong(3, key.leaf());
                select.setLong(4, key.home());
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        promised.computeIfAbsent(file, f -> new HashMap<>())
                                .put(
                                        new StorageName(words.text(row.getInt(1))),
                                        words(row.getString(2), row.getString(3)));
                    }
                }
            }
        }
        return promised;
    }

    /** Where one rule holds one file. */
    public List<StorageName> at(Connection connection, UUID rule, NameKey key) throws SQLException {
        List<StorageName> at = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(OF_ONE)) {
            select.setLong(1, key.home());
            select.setLong(2, key.leaf());
            select.setLong(3, key.leaf());
            select.setLong(4, key.home());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    if (rule.equals(row.getObject(2, UUID.class))) {
                        at.add(new StorageName(words.text(row.getInt(1))));
                    }
                }
            }
        }
        return at;
    }

    private static String words(String rule, String account) {
        return "rule " + rule.replace("-", "") + " of " + account;
    }

    Map<DataId, List<Promise>> in(Connection connection, Slice slice, List<Holding> found) throws SQLException {
        Map<Long, List<Promise>> byLeaf = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(OF_DATASETS)) {
            select.setLong(1, slice.firstLeaf());
            select.setLong(2, slice.lastLeaf());
            select.setLong(3, slice.home());
            read(select, byLeaf);
        }
        try (PreparedStatement select = connection.prepareStatement(OF_FILES)) {
            select.setLong(1, slice.home());
            select.setLong(2, slice.firstLeaf());
            select.setLong(3, slice.lastLeaf());
            read(select, byLeaf);
        }
        Map<DataId, List<Promise>> promised = new HashMap<>();
        if (!byLeaf.isEmpty()) {
            for (Holding holding : found) {
                List<Promise> its = byLeaf.get(holding.id().key().leaf());
                if (its != null) {
                    promised.put(holding.id(), its);
                }
            }
        }
        return promised;
    }

    private void read(PreparedStatement select, Map<Long, List<Promise>> byLeaf) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                String why = words(row.getString(3), row.getString(4));
                Activity activity = Activity.ofRule(Optional.ofNullable(row.getString(5)));
                byLeaf.computeIfAbsent(row.getLong(1), l -> new ArrayList<>(2))
                        .add(new Promise(new StorageName(words.text(row.getInt(2))), why, activity));
            }
        }
    }
}
