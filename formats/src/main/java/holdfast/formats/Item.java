package holdfast.formats;

import java.util.List;
import java.util.Optional;

/** A piece of a YAML file with its place: a word, rows of pieces, or a table of pieces by key. */
sealed interface Item {
    Spot spot();

    /** How a message calls a piece of this form. */
    String form();

    /**
     * A scalar, always kept as it is written: no word turns into a number or a truth value by itself.
     *
     * @param quoted whether it stands in quotes, so that an empty one is meant
     */
    record Word(Spot spot, String text, boolean quoted) implements Item {
        boolean isEmpty() {
            return !quoted && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }

        @Override
        public String form() {
            return isEmpty() ? "nothing" : "a single value";
        }
    }

    /** A sequence. */
    record Rows(Spot spot, List<Item> items) implements Item {
        public Rows {
            items = List.copyOf(items);
        }

        @Override
        public String form() {
            return "a list";
        }
    }

    /** A mapping in the order of the file; no key stands twice. */
    record Table(Spot spot, List<Field> fields) implements Item {
        public Table {
            fields = List.copyOf(fields);
        }

        Optional<Field> field(String key) {
            return fields.stream().filter(f -> f.key().text().equals(key)).findFirst();
        }

        @Override
        public String form() {
            return "a table of keys and values";
        }
    }

    /** A key of a table and what stands behind it. */
    record Field(Word key, Item value) {
        String name() {
            return key.text();
        }
    }
}
