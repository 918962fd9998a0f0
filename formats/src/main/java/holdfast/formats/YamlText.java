package holdfast.formats;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML 1.2 text into pieces with their places. Refused, each with its place: a key that stands twice, anchors and
 * aliases (what a file says should stand where it holds, and a few nested aliases can stand for billions of values), keys
 * that are no single words, pieces nested too deep, a second document.
 */
final class YamlText {
    private static final int DEEPEST = 20;
    private static final int LONGEST = 4_000_000;

    private final Iterator<Event> events;
    private final Findings findings;
    private int depth;

    private YamlText(Iterator<Event> events, Findings findings) {
        this.events = events;
        this.findings = findings;
    }

    /** The table that the whole text must be; empty, with a finding, when it is none. */
    static Optional<Item.Table> table(String text, Findings findings) {
        Spot start = new Spot(1, 1);
        try {
            Parse parse =
                    new Parse(LoadSettings.builder().setCodePointLimit(LONGEST).build());
            Iterator<Event> events = parse.parseString(text).iterator();
            return new YamlText(events, findings).document().flatMap(item -> asTable(item, findings));
        } catch (MarkedYamlEngineException bad) {
            Spot at = bad.getProblemMark()
                    .or(bad::getContextMark)
                    .map(YamlText::spot)
                    .orElse(start);
            findings.add(
                    at, "this is no YAML: " + oneLine(bad.getProblem()), "check indents, quotes and brackets here");
        } catch (YamlEngineException bad) {
            findings.add(start, "this is no YAML: " + oneLine(String.valueOf(bad.getMessage())), "");
        } catch (TooDeep deep) {
            findings.add(deep.at, "values are nested more than " + DEEPEST + " deep", "no file of ours needs that");
        }
        return Optional.empty();
    }

    private static Optional<Item.Table> asTable(Item item, Findings findings) {
        if (item instanceof Item.Table table) {
            return Optional.of(table);
        }
        findings.add(item.spot(), "the file is " + item.form() + ", not a table of keys and values", "");
        return Optional.empty();
    }

    private Optional<Item> document() {
        Optional<Item> root = Optional.empty();
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof NodeEvent && root.isEmpty()) {
                root = Optional.of(item(event));
            } else if (event.getEventId() == Event.ID.DocumentStart && root.isPresent()) {
                findings.add(spot(event), "a second document begins here", "keep one document in a file");
                return root;
            }
        }
        if (root.isEmpty()) {
            findings.add(new Spot(1, 1), "the file says nothing", "");
        }
        return root;
    }

    private Item item(Event event) {
        Spot at = spot(event);
        if (event instanceof AliasEvent alias) {
            findings.add(at, "the alias *" + alias.getAlias() + " is not allowed", "write out what it stands for");
            return new Item.Word(at, "", true);
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            findings.add(at, "the anchor &" + node.getAnchor().get() + " is not allowed", "remove it");
        }
        if (event instanceof ScalarEvent scalar) {
            return new Item.Word(at, scalar.getValue(), !scalar.isPlain());
        }
        if (++depth > DEEPEST) {
            throw new TooDeep(at);
        }
        Item item = event instanceof MappingStartEvent ? mapping(at) : rows(at);
        depth--;
        return item;
    }

    private Item rows(Spot at) {
        List<Item> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(item(event));
        }
        return new Item.Rows(at, items);
    }

    private Item mapping(Spot at) {
        List<Item.Field> fields = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            Item key = item(event);
            Item value = item(events.next());
            if (!(key instanceof Item.Word word) || event instanceof SequenceStartEvent) {
                findings.add(key.spot(), "a key must be a single word", "quote it");
            } else if (keys.add(word.text())) {
                fields.add(new Item.Field(word, value));
            } else {
                findings.add(key.spot(), "'" + word.text() + "' stands here twice", "keep one of them");
            }
        }
        return new Item.Table(at, fields);
    }

    private static Spot spot(Event event) {
        return event.getStartMark().map(YamlText::spot).orElse(new Spot(1, 1));
    }

    private static Spot spot(Mark mark) {
        return new Spot(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    /** Ends reading: what follows cannot be told apart any more. */
    private static final class TooDeep extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Spot at;

        TooDeep(Spot at) {
            super("nested too deep", null, false, false);
            this.at = at;
        }
    }
}
