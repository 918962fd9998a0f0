package holdfast.formats;

import java.util.List;

/** The keys that a table of a file may have: what the reader allows and what the reference page prints. */
record Shape(String title, List<Key> keys) {
    Shape {
        keys = List.copyOf(keys);
    }

    static Shape of(String title, Key... keys) {
        return new Shape(title, List.of(keys));
    }

    List<String> names() {
        return keys.stream().map(Key::name).toList();
    }

    /** What stands behind a key. */
    enum Form {
        TEXT("text"),
        WORDS("a word or a list of words"),
        SPAN("a span of time, such as `72 h`"),
        COUNT("a number from 1 up"),
        PERCENT("a percentage, such as `10 %`"),
        FLAG("`yes` or `no`"),
        DATE("a date, such as `2026-11-22`"),
        TABLE("a table"),
        ROWS("a list");

        private final String words;

        Form(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** A key, whether it must be there, and what it says. */
    record Key(String name, Form form, boolean required, String says) {
        static Key must(String name, Form form, String says) {
            return new Key(name, form, true, says);
        }

        static Key may(String name, Form form, String says) {
            return new Key(name, form, false, says);
        }
    }
}
