package holdfast.formats;

import holdfast.plan.Clause;
import holdfast.plan.Clause.Standing;
import holdfast.plan.Duty;
import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.LevelId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads the clauses of a plan. */
final class ClauseReader {
    private static final String ALL_FILES = "all files";
    private static final String ALL_CLASSES = "all classes";
    private static final String THIS_SYSTEM = "this system";

    private final PlanScope scope;
    private final Findings findings;
    private final ObligationReader obligations;

    ClauseReader(PlanScope scope, Findings findings) {
        this.scope = scope;
        this.findings = findings;
        this.obligations = new ObligationReader(scope, findings);
    }

    Map<ClauseId, Clause> read(Item.Table clauses) {
        Map<ClauseId, Clause> read = new TreeMap<>();
        for (Item.Field field : clauses.fields()) {
            Optional<ClauseId> id = id(field.key());
            if (field.value() instanceof Item.Table table) {
                Clause clause =
                        clause(id.orElse(new ClauseId("X-1")), field.key().spot(), table);
                id.ifPresent(i -> read.put(i, clause));
            } else {
                findings.add(
                        field.value().spot(),
                        "clause " + field.name() + " has " + field.value().form(),
                        "");
            }
        }
        return read;
    }

    private Clause clause(ClauseId id, Spot at, Item.Table table) {
        Fields f = new Fields(at, table, PlanShapes.CLAUSE, findings);
        Standing standing = f.choice("standing", Standing.values()).orElse(Standing.DUTY);
        Clause clause = new Clause(
                id,
                f.text("section"),
                f.text("says"),
                f.text("binds"),
                level(f),
                about(f),
                standing,
                duties(f, "must"),
                duties(f, "agreed"),
                f.maybe("assumed"),
                f.maybe("would-measure"),
                f.flag("waivable", true));
        checkStanding(at, f, standing);
        return clause;
    }

    private void checkStanding(Spot at, Fields f, Standing standing) {
        boolean binds = !f.rows("must").isEmpty();
        if (standing == Standing.DUTY && !binds) {
            findings.add(at, "the clause states no obligation", "add must, or standing: statement if it binds nobody");
        }
        if (standing == Standing.STATEMENT && binds) {
            findings.add(f.spot("must"), "a statement binds nobody", "take away must, or standing: statement");
        }
    }

    private Optional<ClauseId> id(Item.Word word) {
        try {
            return Optional.of(new ClauseId(word.text()));
        } catch (BadWord bad) {
            findings.add(word.spot(), String.valueOf(bad.getMessage()), "");
            return Optional.empty();
        }
    }

    private Optional<LevelId> level(Fields f) {
        Optional<LevelId> level = f.count("level", 1, 99).map(LevelId::new);
        level.filter(l -> !scope.levels().contains(l))
                .ifPresent(l -> findings.unknown(
                        f.spot("level"),
                        "level",
                        l.toString(),
                        scope.levels().stream().sorted().map(LevelId::toString).toList()));
        return level;
    }

    private Set<ClassId> about(Fields f) {
        Set<ClassId> about = new LinkedHashSet<>();
        for (Item.Word word : f.words("about")) {
            switch (word.text()) {
                case ALL_CLASSES -> about.addAll(scope.files().keySet());
                case ALL_FILES -> about.addAll(fileClasses());
                case THIS_SYSTEM -> {}
                default -> about(word).ifPresent(about::add);
            }
        }
        return about;
    }

    private Set<ClassId> fileClasses() {
        return scope.files().entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private Optional<ClassId> about(Item.Word word) {
        if (scope.classNames().contains(word.text())) {
            return Optional.of(new ClassId(word.text()));
        }
        List<String> known = new ArrayList<>(scope.classNames());
        known.addAll(List.of(ALL_FILES, ALL_CLASSES, THIS_SYSTEM));
        findings.unknown(word.spot(), "class", word.text(), known);
        return Optional.empty();
    }

    private List<Duty> duties(Fields f, String key) {
        List<Duty> duties = new ArrayList<>();
        for (Item item : f.rows(key)) {
            obligations.duty(item, key.equals("agreed")).ifPresent(duty -> {
                scope.reach()
                        .whyNever(duty.obligation())
                        .ifPresent(why -> findings.add(item.spot(), why.what(), why.hint()));
                duties.add(duty);
            });
        }
        return duties;
    }
}
