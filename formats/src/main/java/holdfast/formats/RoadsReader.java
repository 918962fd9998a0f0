package holdfast.formats;

import holdfast.plan.Roads;
import holdfast.plan.Roads.Ends;
import holdfast.plan.Roads.Link;
import holdfast.storage.Medium;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.StorageName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads from a sites file how many copies may go where at once. */
final class RoadsReader {
    private static final int MOST = 1_000_000;

    private final Map<StorageName, StorageElement> elements;
    private final Findings findings;

    RoadsReader(Map<StorageName, StorageElement> elements, Findings findings) {
        this.elements = elements;
        this.findings = findings;
    }

    /** @param sites the fields of the whole file */
    Roads read(Fields sites) {
        Map<StorageName, Ends> ends = new HashMap<>();
        for (Item.Field field : sites.table("elements").fields()) {
            if (field.value() instanceof Item.Table keys) {
                // What is wrong with its other keys was found when the elements were read, and is not told twice.
                Fields f = new Fields(field.key().spot(), keys, SitesShapes.ELEMENT, findings);
                elements.values().stream()
                        .filter(e -> e.name().name().equals(field.name()))
                        .forEach(e -> ends.put(e.name(), ends(f, e)));
            }
        }
        Map<Link, Integer> links = new HashMap<>();
        sites.rows("links").forEach(row -> link(row, links));
        return new Roads(ends, links);
    }

    private Ends ends(Fields f, StorageElement element) {
        boolean hop = f.flag("hop", false);
        if (hop && element.medium().filter(RoadsReader::countsForNothing).isEmpty()) {
            findings.add(
                    f.spot("hop"),
                    "copies that only pass " + element.name() + " could count there",
                    "hop: yes belongs to medium: disk or medium: cache, where no copy counts");
        }
        return new Ends(limit(f, "copies-to"), limit(f, "copies-from"), hop);
    }

    private static boolean countsForNothing(Medium medium) {
        return medium == Medium.DISK || medium == Medium.CACHE;
    }

    private static OptionalInt limit(Fields f, String key) {
        return f.count(key, 1, MOST).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private void link(Item row, Map<Link, Integer> links) {
        if (!(row instanceof Item.Table keys)) {
            findings.add(row.spot(), "a link is " + row.form(), "its keys: from, to, copies");
            return;
        }
        Fields f = new Fields(row.spot(), keys, SitesShapes.LINK, findings);
        Optional<StorageName> from = element(f, "from");
        Optional<StorageName> to = element(f, "to");
        Optional<Integer> most = f.count("copies", 0, MOST);
        if (from.isPresent() && to.isPresent() && most.isPresent()) {
            Link link = new Link(from.get(), to.get());
            if (links.put(link, most.get()) != null) {
                findings.add(row.spot(), "the link " + link + " is said twice", "keep one of the two");
            }
        }
    }

    private Optional<StorageName> element(Fields f, String key) {
        Optional<StorageName> name = f.as(key, StorageName::new);
        name.filter(n -> !elements.containsKey(n))
                .ifPresent(n -> findings.unknown(
                        f.spot(key),
                        "storage element",
                        n.name(),
                        elements.keySet().stream().map(StorageName::name).toList()));
        return name.filter(elements::containsKey);
    }
}
