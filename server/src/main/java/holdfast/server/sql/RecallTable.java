package holdfast.server.sql;

import holdfast.journal.Micros;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The same as rows, each kept until its file came or its time is over. */
public final class RecallTable implements RecallBook {
    private final Database database;
    private final Words words;
    private final Duration held;
    private final Duration kept;

    /**
     * @param held how long a recall stays a node's own without a sign of life
     * @param kept how long it is remembered after somebody asked last
     */
    public RecallTable(Database database, Words words, Duration held, Duration kept) {
        this.database = database;
        this.words = words;
        this.held = held;
        this.kept = kept;
    }

    @Override
    public void asked(Asked file, Instant now) {
        database.write(connection -> {
            try (PreparedStatement upsert = connection.prepareStatement(
                    "insert into recall(storage_id, path, held_until, expires_at) values (?, ?, ?, ?)"
                            + " on conflict (storage_id, path) do update set held_until = excluded.held_until,"
                            + " expires_at = excluded.expires_at")) {
                upsert.setInt(1, number(file.element()));
                upsert.setString(2, file.path().path());
                upsert.setLong(3, Micros.of(now.plus(held)));
                upsert.setLong(4, Micros.of(now.plus(kept)));
                return upsert.executeUpdate();
            }
        });
    }

    @Override
    public void holds(StorageName element, Collection<StoragePath> paths, Instant now) {
        database.write(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "update recall set held_until = ? where storage_id = ? and path = any(?::text[])")) {
                update.setLong(1, Micros.of(now.plus(held)));
                update.setInt(2, number(element));
                update.setArray(3, Columns.texts(connection, List.copyOf(paths), StoragePath::path));
                return update.executeUpdate();
            }
        });
    }

    @Override
    public void settled(StorageName element, Collection<StoragePath> paths) {
        database.write(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from recall where storage_id = ? and path = any(?::text[])")) {
                delete.setInt(1, number(element));
                delete.setArray(2, Columns.texts(connection, List.copyOf(paths), StoragePath::path));
                return delete.executeUpdate();
            }
        });
    }

    @Override
    public List<Asked> takeOver(Instant now, int most) {
        return database.write(connection -> {
            try (PreparedStatement late = connection.prepareStatement("delete from recall where expires_at <= ?")) {
                late.setLong(1, Micros.of(now));
                late.executeUpdate();
            }
            try (PreparedStatement take = connection.prepareStatement(
                    "update recall set held_until = ? where (storage_id, path) in (select storage_id, path from recall"
                            + " where held_until <= ? order by expires_at limit ? for update skip locked)"
                            + " returning storage_id, path")) {
                take.setLong(1, Micros.of(now.plus(held)));
                take.setLong(2, Micros.of(now));
                take.setInt(3, most);
                List<Asked> taken = new ArrayList<>();
                try (ResultSet row = take.executeQuery()) {
                    while (row.next()) {
                        taken.add(new Asked(
                                new StorageName(words.text(row.getInt(1))), new StoragePath(row.getString(2))));
                    }
                }
                return taken;
            }
        });
    }

    private int number(StorageName storage) {
        return words.number(Words.Kind.STORAGE, storage.name());
    }
}
