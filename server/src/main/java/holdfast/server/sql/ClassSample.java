package holdfast.server.sql;

import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A few standing copies of one class at one element, from as many homes as there are, beginning at a key and going
 * round. The same key gives the same sample while nothing comes or goes, and its cost does not grow with the catalogue.
 */
public final class ClassSample {
    private static final String HOMES = "(select distinct home from held where storage_id = ? and class_id = ?"
            + " and files > 0 and home >= ? order by home limit ?)";
    private static final String HOMES_BEFORE = "(select distinct home from held where storage_id = ? and class_id = ?"
            + " and files > 0 and home < ? order by home limit ?)";
    private static final String IN_HOME =
            "(select c.leaf from copy c join file f on f.home = c.home and f.leaf = c.leaf where c.home = h.home and"
                    + " c.storage_id = ? and f.class_id = ? and c.state in ('A', 'P', 'S', 'K') and c.leaf ";

    private final Words words;
    private final Inspections inspections;

    public ClassSample(Words words) {
        this.words = words;
        this.inspections = new Inspections(words);
    }

    /** What is sampled. */
    public record Of(StorageName storage, ClassId classId) {}

    /** At most so many copies; none where no file of the class is known to stand there. */
    public List<FileCopy> from(Connection connection, Of of, NameKey begin, int most) throws SQLException {
        List<Long> homes = homes(connection, of, begin.home(), most);
        List<NameKey> chosen = homes.isEmpty() ? List.of() : keys(connection, of, homes, begin.leaf(), most);
        Map<NameKey, FileCopy> copies = inspections.of(connection, of.storage(), chosen).stream()
                .collect(Collectors.toMap(c -> c.file().id().key(), c -> c));
        return chosen.stream().filter(copies::containsKey).map(copies::get).toList();
    }

    private List<Long> homes(Connection connection, Of of, long begin, int most) throws SQLException {
        List<Long> homes = new ArrayList<>();
        for (String sql : List.of(HOMES, HOMES_BEFORE)) {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setInt(1, storage(of));
                select.setInt(2, classOf(of));
                select.setLong(3, begin);
                select.setInt(4, most - homes.size());
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        homes.add(row.getLong(1));
                    }
                }
            }
        }
        return homes;
    }

    /** One of each home, then a second of each, until there are enough. */
    private List<NameKey> keys(Connection connection, Of of, List<Long> homes, long begin, int most)
            throws SQLException {
        String sql = "select h.home, s.leaf from unnest(?::bigint[]) with ordinality h(home, turn) cross join lateral"
                + " (select leaf, row_number() over () as nth from ("
                + IN_HOME + ">= ? order by c.leaf limit ?) union all "
                + IN_HOME + "< ? order by c.leaf limit ?)) both_ways) s"
                + " order by s.nth, h.turn limit ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(1, Columns.longs(connection, homes, Long::longValue));
            int column = 2;
            for (int half = 0; half < 2; half++) {
                select.setInt(column++, storage(of));
                select.setInt(column++, classOf(of));
                select.setLong(column++, begin);
                select.setInt(column++, most);
            }
            select.setInt(column, most);
            List<NameKey> keys = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    keys.add(new NameKey(row.getLong(1), row.getLong(2)));
                }
            }
            return keys;
        }
    }

    private int storage(Of of) {
        return words.number(Words.Kind.STORAGE, of.storage().name());
    }

    private int classOf(Of of) {
        return words.number(Words.Kind.CLASS, of.classId().name());
    }
}
