package holdfast.plan;

import holdfast.plan.Agreement.Period;
import holdfast.plan.Change.Direction;
import holdfast.storage.StorageElement;
import holdfast.storage.StorageElement.Deletes;
import holdfast.storage.StorageElement.Deletes.By;
import holdfast.storage.StorageElement.Use;
import holdfast.vocabulary.StorageName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What differs between two sites files. */
final class SitesDiff {
    private final List<Change> changes = new ArrayList<>();

    private SitesDiff() {}

    static List<Change> between(Sites was, Sites is) {
        SitesDiff diff = new SitesDiff();
        Set<StorageName> names = new TreeSet<>(was.elements().keySet());
        names.addAll(is.elements().keySet());
        for (StorageName name : names) {
            diff.element(name, was.elements().get(name), is.elements().get(name));
        }
        Set<String> tables = new TreeSet<>(was.agreements().keySet());
        tables.addAll(is.agreements().keySet());
        for (String table : tables) {
            diff.agreement(table, was.agreements().get(table), is.agreements().get(table));
        }
        if (!was.landing().equals(is.landing())) {
            diff.change(Direction.CHANGED, "landing", "is " + is.landing() + ", before " + was.landing());
        }
        if (!was.roads().equals(is.roads())) {
            diff.change(Direction.CHANGED, "roads", "are limited or led in another way");
        }
        if (!was.timeZone().equals(is.timeZone()) || !was.clockName().equals(is.clockName())) {
            diff.change(Direction.WORDING, "clock", "is " + is.timeZone() + ", called " + is.clockName());
        }
        return diff.changes;
    }

    private void element(StorageName name, @Nullable StorageElement was, @Nullable StorageElement is) {
        String subject = "element " + name;
        if (was == null || is == null) {
            boolean gone = is == null;
            change(
                    gone ? Direction.REMOVED : Direction.ADDED,
                    subject,
                    gone ? "is no longer there: copies on it count for nothing" : "is new");
        } else if (!was.equals(is)) {
            parts(subject, was, is);
        }
    }

    private void parts(String subject, StorageElement was, StorageElement is) {
        if (was.use() != is.use()) {
            boolean looser = is.use() == Use.LEFT || was.use() == Use.IN_USE;
            change(
                    looser ? Direction.LOOSENED : Direction.TIGHTENED,
                    subject,
                    "is " + is.use().name().toLowerCase(java.util.Locale.ROOT) + ", before "
                            + was.use().name().toLowerCase(java.util.Locale.ROOT));
        }
        deletes(subject, was.deletes(), is.deletes());
        Map<String, String> before = facts(was);
        facts(is).forEach((fact, value) -> {
            String old = before.getOrDefault(fact, "");
            if (!value.equals(old)) {
                change(Direction.LOOSENED, subject, "has " + fact + " " + value + ", before " + old);
            }
        });
        if (!was.driver().equals(is.driver()) || !was.library().equals(is.library())) {
            change(Direction.CHANGED, subject, "is reached or equipped in another way");
        }
    }

    private void deletes(String subject, Deletes was, Deletes is) {
        if (!was.equals(is)) {
            boolean sooner = is.after().compareTo(was.after()) < 0;
            boolean taken = was.by() == By.SITE && is.by() == By.HOUSE;
            change(
                    sooner || taken ? Direction.LOOSENED : Direction.TIGHTENED,
                    subject,
                    "has deletions by %s %s after the undo window, before by %s %s"
                            .formatted(
                                    word(is.by()), InWords.say(is.after()), word(was.by()), InWords.say(was.after())));
        }
    }

    private static String word(By by) {
        return "the " + by.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** What decides whether a copy counts and is independent; a change may turn either way. */
    private static Map<String, String> facts(StorageElement element) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("site", element.site().name());
        facts.put("region", element.place().region().orElse("not known"));
        facts.put("hazard zone", element.place().hazardZone().orElse("not known"));
        facts.put("operator", element.place().operator().orElse("not known"));
        facts.put(
                "medium",
                element.medium()
                        .map(m -> m.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'))
                        .orElse("not known"));
        return facts;
    }

    private void agreement(String name, @Nullable Agreement was, @Nullable Agreement is) {
        String subject = "agreement " + name;
        if (was == null || is == null) {
            change(
                    is == null ? Direction.REMOVED : Direction.ADDED,
                    subject,
                    is == null ? "is no longer there" : "is new");
            return;
        }
        for (Period period : is.periods()) {
            if (!was.periods().contains(period)) {
                change(Direction.CHANGED, subject, "has " + say(period));
            }
        }
        for (Period period : was.periods()) {
            if (!is.periods().contains(period)) {
                change(Direction.CHANGED, subject, "had " + say(period));
            }
        }
    }

    private static String say(Period period) {
        String shares = period.shares().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> e.getKey() + " " + InWords.number(e.getValue()))
                .collect(Collectors.joining(", "));
        return "from " + period.from() + period.until().map(u -> " until " + u).orElse("") + ": " + shares + " ("
                + (period.confirmed() ? "confirmed" : "unconfirmed") + ", entered by " + period.enteredBy() + " on "
                + period.enteredOn() + ")";
    }

    private void change(Direction direction, String subject, String says) {
        changes.add(new Change(direction, subject, says));
    }
}
