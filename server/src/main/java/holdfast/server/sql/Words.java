package holdfast.server.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Small numbers for words that stand in many rows: scopes, elements, classes, sources. Numbers never change and never go,
 * so that they may be kept in memory for ever; a new word is written in a transaction of its own.
 */
public final class Words {
    private final Database database;
    private final Map<Word, Integer> numbers = new ConcurrentHashMap<>();
    private final Map<Integer, String> texts = new ConcurrentHashMap<>();

    /** What a word names. */
    public enum Kind {
        SCOPE("S"),
        STORAGE("E"),
        CLASS("C"),
        SOURCE("O");

        private final String code;

        Kind(String code) {
            this.code = code;
        }
    }

    private record Word(Kind kind, String text) {}

    public Words(Database database) {
        this.database = database;
    }

    /** The number of a word, given to it now if it is new. */
    public int number(Kind kind, String text) {
        Word word = new Word(kind, text);
        Integer known = numbers.get(word);
        return known != null ? known : learn(word);
    }

    /** The word of a number that stands in a row. */
    public String text(int number) {
        String known = texts.get(number);
        return known != null ? known : read(number);
    }

    private int learn(Word word) {
        int number = database.write(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into word(kind, text) values (?::\"char\", ?) on conflict do nothing")) {
                insert.setString(1, word.kind.code);
                insert.setString(2, word.text);
                insert.executeUpdate();
            }
            try (PreparedStatement select =
                    connection.prepareStatement("select id from word where kind = ?::\"char\" and text = ?")) {
                select.setString(1, word.kind.code);
                select.setString(2, word.text);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return row.getInt(1);
                }
            }
        });
        numbers.put(word, number);
        texts.put(number, word.text);
        return number;
    }

    private String read(int number) {
        @Nullable
        String text = database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select text from word where id = ?")) {
                select.setInt(1, number);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? row.getString(1) : null;
                }
            }
        });
        if (text == null) {
            throw new IllegalStateException("the catalogue names the word " + number + ", which it does not have");
        }
        texts.put(number, text);
        return text;
    }
}
