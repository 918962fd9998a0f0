package holdfast.formats;

import holdfast.vocabulary.BadWord;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields of one table, read against its shape. Each bad value becomes a finding at its place; the caller goes on with
 * what is left, and nothing is built in the end when there was any finding.
 */
final class Fields {
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,6}) ?([a-z]+)");
    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]+)?) ?%(?: of the share)?");
    private static final Map<String, Duration> UNITS = Map.of(
            "s",
            Duration.ofSeconds(1),
            "min",
            Duration.ofMinutes(1),
            "h",
            Duration.ofHours(1),
            "d",
            Duration.ofDays(1));

    private final Spot owner;
    private final Item.Table table;
    private final Findings findings;

    /** @param owner where to point when a key is missing: the name of what the table describes */
    Fields(Spot owner, Item.Table table, Shape shape, Findings findings) {
        this.owner = owner;
        this.table = table;
        this.findings = findings;
        table.fields().stream()
                .filter(f -> !shape.names().contains(f.name()))
                .forEach(f -> findings.unknown(f.key().spot(), "key", f.name(), shape.names()));
        shape.keys().stream()
                .filter(k -> k.required() && table.field(k.name()).isEmpty())
                .forEach(k -> findings.add(
                        owner, shape.title() + " lacks '" + k.name() + "'", "add " + k.name() + ": " + k.says()));
    }

    Findings findings() {
        return findings;
    }

    boolean has(String key) {
        return table.field(key).isPresent();
    }

    /** Where a key's value stands; the owner's place when it is not there. */
    Spot spot(String key) {
        return table.field(key).map(f -> f.value().spot()).orElse(owner);
    }

    /** The text behind a key; empty when there is none. */
    String text(String key) {
        return maybe(key).orElse("");
    }

    Optional<String> maybe(String key) {
        return word(key).map(Item.Word::text);
    }

    /** The text behind a key as a domain word; a word of bad form is a finding. */
    <T> Optional<T> as(String key, Function<String, T> form) {
        return word(key).flatMap(w -> as(w, form));
    }

    <T> Optional<T> as(Item.Word word, Function<String, T> form) {
        try {
            return Optional.of(form.apply(word.text()));
        } catch (BadWord bad) {
            findings.add(word.spot(), String.valueOf(bad.getMessage()), "");
            return Optional.empty();
        }
    }

    /** One word or a list of words; none when the key is not there. */
    List<Item.Word> words(String key) {
        return table.field(key).map(f -> words(f.name(), f.value())).orElse(List.of());
    }

    /** The same of a field whose name is not known beforehand. */
    List<Item.Word> wordsOf(Item.Field field) {
        return words(field.name(), field.value());
    }

    private List<Item.Word> words(String key, Item value) {
        List<Item> items = value instanceof Item.Rows rows ? rows.items() : List.of(value);
        List<Item.Word> words = new ArrayList<>();
        for (Item item : items) {
            if (item instanceof Item.Word word && !word.isEmpty()) {
                words.add(word);
            } else {
                findings.add(item.spot(), "'" + key + "' has " + item.form() + " where a word is meant", "");
            }
        }
        return words;
    }

    boolean flag(String key, boolean otherwise) {
        return word(key).map(w -> truth(key, w)).orElse(otherwise);
    }

    private boolean truth(String key, Item.Word word) {
        return switch (word.text().toLowerCase(Locale.ROOT)) {
            case "yes", "true" -> true;
            case "no", "false" -> false;
            default -> {
                findings.add(word.spot(), "'" + key + "' is '" + word.text() + "'", "write yes or no");
                yield false;
            }
        };
    }

    Optional<Duration> span(String key) {
        return word(key).flatMap(this::span);
    }

    /** A span such as {@code 72 h}; longer than nothing. */
    Optional<Duration> span(Item.Word word) {
        Matcher matcher = SPAN.matcher(word.text());
        if (matcher.matches() && UNITS.containsKey(matcher.group(2))) {
            Duration span =
                    UNITS.getOrDefault(matcher.group(2), Duration.ZERO).multipliedBy(Long.parseLong(matcher.group(1)));
            if (span.isPositive()) {
                return Optional.of(span);
            }
        }
        findings.add(
                word.spot(),
                "'" + word.text() + "' is no span of time",
                "write a number and s, min, h or d, such as 72 h or 7 d");
        return Optional.empty();
    }

    /** A span that may be none: {@code 0 s}. */
    Optional<Duration> spanOrNone(String key) {
        return word(key).flatMap(w -> w.text().equals("0 s") ? Optional.of(Duration.ZERO) : span(w));
    }

    /** A whole number within bounds. */
    Optional<Integer> count(String key, int least, int most) {
        return word(key).flatMap(w -> {
            boolean digits = w.text().matches("[0-9]{1,9}");
            if (digits && Integer.parseInt(w.text()) >= least && Integer.parseInt(w.text()) <= most) {
                return Optional.of(Integer.valueOf(w.text()));
            }
            findings.add(
                    w.spot(),
                    "'" + key + "' is '" + w.text() + "'",
                    "write a whole number from " + least + " to " + most);
            return Optional.empty();
        });
    }

    Optional<Double> percent(String key) {
        return word(key).flatMap(w -> {
            Matcher matcher = PERCENT.matcher(w.text());
            if (matcher.matches() && Double.parseDouble(matcher.group(1)) <= 100) {
                return Optional.of(Double.valueOf(matcher.group(1)));
            }
            findings.add(w.spot(), "'" + w.text() + "' is no percentage", "write one such as 10 %");
            return Optional.empty();
        });
    }

    Optional<LocalDate> date(String key) {
        return word(key).flatMap(w -> {
            try {
                return Optional.of(LocalDate.parse(w.text()));
            } catch (DateTimeException bad) {
                findings.add(w.spot(), "'" + w.text() + "' is no date", "write one such as 2026-11-22");
                return Optional.empty();
            }
        });
    }

    /** One of the values of an enum, written in lower case with dashes. */
    <E extends Enum<E>> Optional<E> choice(String key, E[] values) {
        return word(key).flatMap(w -> choice(key, w, values));
    }

    <E extends Enum<E>> Optional<E> choice(String what, Item.Word word, E[] values) {
        for (E value : values) {
            if (dashed(value).equals(word.text())) {
                return Optional.of(value);
            }
        }
        List<String> known = java.util.Arrays.stream(values).map(Fields::dashed).toList();
        findings.unknown(word.spot(), what, word.text(), known);
        return Optional.empty();
    }

    static String dashed(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The table behind a key; an empty one when the key is not there or says nothing. */
    Item.Table table(String key) {
        Item.Table none = new Item.Table(owner, List.of());
        return table.field(key).map(f -> table(f, none)).orElse(none);
    }

    private Item.Table table(Item.Field field, Item.Table none) {
        if (field.value() instanceof Item.Table found) {
            return found;
        }
        if (!(field.value() instanceof Item.Word word && word.isEmpty())) {
            wrongForm(field, "a table of keys and values");
        }
        return none;
    }

    /** The rows behind a key; none when the key is not there. */
    List<Item> rows(String key) {
        return table.field(key).map(this::rows).orElse(List.of());
    }

    private List<Item> rows(Item.Field field) {
        if (field.value() instanceof Item.Rows rows) {
            return rows.items();
        }
        wrongForm(field, "a list, each item after a dash");
        return List.of();
    }

    private void wrongForm(Item.Field field, String meant) {
        findings.add(
                field.value().spot(),
                "'" + field.name() + "' is " + field.value().form(),
                "it should be " + meant);
    }

    Optional<Item.Word> word(String key) {
        return table.field(key).flatMap(f -> {
            if (f.value() instanceof Item.Word word && !word.isEmpty()) {
                return Optional.of(word);
            }
            wrongForm(f, "a single value");
            return Optional.empty();
        });
    }

    /** Checks a value by the form of its key alone, and says it in one line; for what nothing reads further. */
    String checked(Shape.Key key) {
        switch (key.form()) {
            case SPAN -> span(key.name());
            case COUNT -> count(key.name(), 1, 1_000_000);
            case PERCENT -> percent(key.name());
            case FLAG -> flag(key.name(), false);
            case DATE -> date(key.name());
            case TEXT -> word(key.name());
            case TABLE -> table(key.name());
            case ROWS -> rows(key.name());
            case WORDS -> {
                return String.join(
                        ", ", words(key.name()).stream().map(Item.Word::text).toList());
            }
        }
        return table.field(key.name())
                .map(Item.Field::value)
                .filter(Item.Word.class::isInstance)
                .map(v -> ((Item.Word) v).text())
                .orElse("");
    }
}
