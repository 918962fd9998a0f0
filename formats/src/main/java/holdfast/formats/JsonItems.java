package holdfast.formats;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON text into pieces with their places. Refused, each with its place: a key that stands twice, pieces nested too
 * deep, anything behind the end.
 */
final class JsonItems {
    private static final int DEEPEST = 20;
    private static final int LONGEST_TEXT = 100_000;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_TEXT)
                    .build())
            .build();

    private final JsonParser parser;
    private final Findings findings;

    private JsonItems(JsonParser parser, Findings findings) {
        this.parser = parser;
        this.findings = findings;
    }

    /** What the text is; empty, with a finding, when it is no JSON. */
    static Optional<Item> read(String text, Findings findings) {
        try (JsonParser parser = JSON.createParser(tools.jackson.core.ObjectReadContext.empty(), text)) {
            JsonItems items = new JsonItems(parser, findings);
            parser.nextToken();
            Item item = items.item();
            if (parser.nextToken() != null) {
                findings.add(items.spot(), "something stands behind the end", "keep one value in a file");
            }
            return Optional.of(item);
        } catch (JacksonException bad) {
            TokenStreamLocation at = bad.getLocation();
            findings.add(
                    at == null ? new Spot(1, 1) : spot(at),
                    "this is no JSON: "
                            + bad.getOriginalMessage().replaceAll("\\s+", " ").strip(),
                    "check quotes, commas and brackets here");
            return Optional.empty();
        }
    }

    private Item item() {
        Spot at = spot();
        return switch (parser.currentToken()) {
            case START_OBJECT -> table(at);
            case START_ARRAY -> rows(at);
            case VALUE_STRING -> new Item.Word(at, parser.getString(), true);
            case VALUE_NULL -> new Item.Word(at, "", false);
            case null -> {
                findings.add(at, "the file says nothing", "");
                yield new Item.Word(at, "", false);
            }
            // Numbers and truth values as they are written; a token of structure cannot stand here.
            case NOT_AVAILABLE,
                    END_OBJECT,
                    END_ARRAY,
                    PROPERTY_NAME,
                    VALUE_EMBEDDED_OBJECT,
                    VALUE_NUMBER_INT,
                    VALUE_NUMBER_FLOAT,
                    VALUE_TRUE,
                    VALUE_FALSE -> new Item.Word(at, parser.getString(), true);
        };
    }

    private Item rows(Spot at) {
        List<Item> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(item());
        }
        return new Item.Rows(at, items);
    }

    private Item table(Spot at) {
        List<Item.Field> fields = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Item.Word key = new Item.Word(spot(), parser.currentName(), true);
            parser.nextToken();
            Item value = item();
            if (!keys.add(key.text())) {
                findings.add(key.spot(), "'" + key.text() + "' stands here twice", "keep one of them");
            } else if (!(value instanceof Item.Word word && word.isEmpty())) {
                // null says nothing, which is what a key says that is not there.
                fields.add(new Item.Field(key, value));
            }
        }
        return new Item.Table(at, fields);
    }

    private Spot spot() {
        return spot(parser.currentTokenLocation());
    }

    private static Spot spot(TokenStreamLocation at) {
        return new Spot(Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
    }
}
