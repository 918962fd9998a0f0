package holdfast.formats;

import holdfast.plan.ClassRule;
import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.LevelId;
import holdfast.vocabulary.Scope;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the classes of a plan in their order; one that an earlier class leaves nothing for is a finding. */
final class ClassReader {
    private static final Set<String> NO = Set.of("no", "false");

    private final Set<LevelId> levels;
    private final Findings findings;
    private final Map<ClassId, ClassRule> read = new LinkedHashMap<>();

    ClassReader(Set<LevelId> levels, Findings findings) {
        this.levels = levels;
        this.findings = findings;
    }

    /** The classes by name, in the order of the file. */
    Map<ClassId, ClassRule> read(List<Item> rows) {
        for (Item row : rows) {
            if (row instanceof Item.Table table && table.fields().size() == 1) {
                rule(table.fields().getFirst());
            } else {
                findings.add(row.spot(), "a class is a name and its table", "write - raw: { level: 4, scope: raw }");
            }
        }
        return read;
    }

    private void rule(Item.Field field) {
        Spot at = field.key().spot();
        Optional<ClassId> id = id(field.key());
        if (!(field.value() instanceof Item.Table table)) {
            findings.add(
                    field.value().spot(),
                    "class '" + field.name() + "' has " + field.value().form(),
                    "");
            return;
        }
        Fields f = new Fields(at, table, PlanShapes.CLASS, findings);
        Optional<LevelId> level = level(f);
        List<String> scopes = scopes(f);
        boolean records = f.flag("records", false);
        boolean saidNo = f.maybe("records").map(NO::contains).orElse(false);
        boolean nothing = !f.has("scope") && (saidNo || !f.has("records"));
        if (nothing || (records && f.has("scope"))) {
            findings.add(
                    at,
                    "class '" + field.name() + "' " + (records ? "is of records and has a scope" : "matches no file"),
                    "give it a scope, or records: yes, and not both");
        }
        boolean zero = zeroBytes(f);
        boolean undeletable = f.flag("undeletable", false);
        ClassRule rule = new ClassRule(
                id.orElse(new ClassId("unnamed")),
                level.orElse(new LevelId(1)),
                scopes,
                f.maybe("path"),
                where(f),
                zero,
                undeletable,
                f.maybe("decided-by"));
        keep(at, rule);
    }

    private void keep(Spot at, ClassRule rule) {
        read.values().stream()
                .filter(earlier -> leavesNothing(earlier, rule))
                .findFirst()
                .ifPresent(earlier -> findings.add(
                        at,
                        "class '" + rule.id() + "' matches nothing: '" + earlier.id() + "' before it takes all of it",
                        "put the narrower class first"));
        if (read.putIfAbsent(rule.id(), rule) != null) {
            findings.add(at, "class '" + rule.id() + "' stands here twice", "keep one, or rename the other");
        }
    }

    private static boolean leavesNothing(ClassRule earlier, ClassRule later) {
        return !later.scopes().isEmpty()
                && earlier.where().isEmpty()
                && (earlier.pathPrefix().isEmpty() || earlier.pathPrefix().equals(later.pathPrefix()))
                && later.scopes().stream()
                        .allMatch(s -> earlier.scopes().stream().anyMatch(e -> covers(e, s)));
    }

    private static boolean covers(String earlier, String later) {
        return earlier.equals(later)
                || (earlier.endsWith("*") && later.startsWith(earlier.substring(0, earlier.length() - 1)));
    }

    private Optional<ClassId> id(Item.Word word) {
        try {
            return Optional.of(new ClassId(word.text()));
        } catch (BadWord bad) {
            findings.add(word.spot(), String.valueOf(bad.getMessage()), "");
            return Optional.empty();
        }
    }

    private Optional<LevelId> level(Fields f) {
        Optional<LevelId> level = f.count("level", 1, 99).map(LevelId::new);
        level.filter(l -> !levels.contains(l))
                .ifPresent(l -> findings.unknown(
                        f.spot("level"),
                        "level",
                        l.toString(),
                        levels.stream().sorted().map(LevelId::toString).toList()));
        return level;
    }

    private List<String> scopes(Fields f) {
        List<Item.Word> words = f.words("scope");
        for (Item.Word word : words) {
            String text = word.text();
            String plain = text.endsWith("*") ? text.substring(0, text.length() - 1) : text;
            if (!plain.isEmpty()) {
                f.as(new Item.Word(word.spot(), plain, word.quoted()), Scope::new);
            }
        }
        return words.stream().map(Item.Word::text).toList();
    }

    private boolean zeroBytes(Fields f) {
        String text = f.maybe("zero-bytes").orElse("refused");
        if (!List.of("allowed", "refused").contains(text)) {
            findings.unknown(f.spot("zero-bytes"), "value", text, List.of("allowed", "refused"));
        }
        return text.equals("allowed");
    }

    private Map<String, Set<String>> where(Fields f) {
        Map<String, Set<String>> where = new HashMap<>();
        for (Item.Field attribute : f.table("where").fields()) {
            Shape any = Shape.of("where", Shape.Key.may(attribute.name(), Shape.Form.WORDS, ""));
            Item.Table one = new Item.Table(attribute.key().spot(), List.of(attribute));
            List<Item.Word> values = new Fields(attribute.key().spot(), one, any, findings).words(attribute.name());
            Set<String> texts = new LinkedHashSet<>();
            values.forEach(v -> texts.add(v.text()));
            where.put(attribute.name(), texts);
        }
        return where;
    }
}
