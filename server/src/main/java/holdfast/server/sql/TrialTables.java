package holdfast.server.sql;

import holdfast.access.SourceWord;
import holdfast.journal.Line;
import holdfast.judgement.Trials;
import holdfast.plan.MemberSource;
import holdfast.registry.Document;
import holdfast.storage.DoorProbe;
import holdfast.storage.OpeningSample;
import holdfast.storage.StorageFact.DoorsTried;
import holdfast.storage.StorageFact.SamplesOpened;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What was last tried at elements by samples of their files: one row for each element and class, and format. */
public final class TrialTables {
    private final Words words;
    private final DueTable due = new DueTable();

    TrialTables(Words words) {
        this.words = words;
    }

    /** Writes what was met at doors, in place of what was met before; no answer about a file changes by it. */
    void take(Connection connection, DoorsTried tried) throws SQLException {
        String sql = "insert into door(storage_id, class_id, line) values (?, ?, ?)"
                + " on conflict (storage_id, class_id) do update set line = excluded.line";
        try (PreparedStatement upsert = connection.prepareStatement(sql)) {
            for (DoorProbe probe : tried.probes()) {
                upsert.setInt(1, number(probe.key().element()));
                upsert.setInt(2, number(probe.key().classId()));
                upsert.setString(3, probe.write(new Line.Writer()).line().text());
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    /** Writes what was opened, in place of what was opened before; every file of the element may be judged otherwise. */
    void take(Connection connection, SamplesOpened opened) throws SQLException {
        String sql = "insert into opening(storage_id, class_id, format, line) values (?, ?, ?, ?)"
                + " on conflict (storage_id, class_id, format) do update set line = excluded.line";
        try (PreparedStatement upsert = connection.prepareStatement(sql)) {
            for (OpeningSample sample : opened.samples()) {
                upsert.setInt(1, number(sample.key().element()));
                upsert.setInt(2, number(sample.key().classId()));
                upsert.setString(3, sample.key().format());
                upsert.setString(4, sample.write(new Line.Writer()).line().text());
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
        for (StorageName element : opened.samples().stream()
                .map(s -> s.key().element())
                .distinct()
                .sorted()
                .toList()) {
            due.everywhereAt(connection, number(element));
        }
    }

    /** Everything that is recorded now. */
    public static Trials all(Connection connection) throws SQLException {
        Map<DoorProbe.Key, DoorProbe> doors = new HashMap<>();
        lines(connection, "select line from door", line -> {
            DoorProbe probe = DoorProbe.read(line);
            doors.put(probe.key(), probe);
        });
        Map<OpeningSample.Key, OpeningSample> openings = new HashMap<>();
        lines(connection, "select line from opening", line -> {
            OpeningSample sample = OpeningSample.read(line);
            openings.put(sample.key(), sample);
        });
        return new Trials(doors, openings, memberWords(connection));
    }

    private static Map<MemberSource.From, Instant> memberWords(Connection connection) throws SQLException {
        Map<String, String> texts = new HashMap<>();
        for (MemberSource.From source : MemberSource.From.values()) {
            String key = SourceWord.key(source);
            new DocumentTable()
                    .find(connection, new Document.Name(SourceWord.KIND, key))
                    .ifPresent(document -> texts.put(key, document.text()));
        }
        return SourceWord.words(key -> Optional.ofNullable(texts.get(key)));
    }

    private static void lines(Connection connection, String sql, Consumer<Line.Reader> each) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                each.accept(new Line.Reader(Line.of(row.getString(1))));
            }
        }
    }

    private int number(StorageName element) {
        return words.number(Words.Kind.STORAGE, element.name());
    }

    private int number(ClassId classId) {
        return words.number(Words.Kind.CLASS, classId.name());
    }
}
