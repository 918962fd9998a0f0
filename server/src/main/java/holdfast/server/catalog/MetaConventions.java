package holdfast.server.catalog;

import holdfast.catalog.DidType;
import holdfast.plan.Attributes;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Registry;
import holdfast.vocabulary.AccountName;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/** Keys of metadata that are agreed on, and the values that each may take. */
public final class MetaConventions {
    private final Shelf<Convention> shelf;
    private final HouseClock clock;

    /** What a key is for. */
    public enum KeyType {
        ALL,
        COLLECTION,
        CONTAINER,
        DATASET,
        FILE,
        DERIVED;

        private boolean isAbout(DidType type) {
            return switch (this) {
                case ALL, DERIVED -> true;
                case COLLECTION -> type != DidType.FILE;
                case CONTAINER -> type == DidType.CONTAINER;
                case DATASET -> type == DidType.DATASET;
                case FILE -> type == DidType.FILE;
            };
        }
    }

    /**
     * What is agreed on a key.
     *
     * @param valueType str, int, float, bool or datetime as the field's clients write it
     * @param values the only ones that are allowed; none where any is
     */
    public record Convention(
            KeyType keyType,
            Optional<String> valueType,
            Optional<String> valueRegexp,
            NavigableSet<String> values,
            Instant created) {}

    public MetaConventions(Registry registry, HouseClock clock) {
        this.shelf = new Shelf<>(registry, "meta-convention", Convention.class);
        this.clock = clock;
    }

    public NavigableSet<String> keys() {
        return shelf.all().navigableKeySet();
    }

    /** The values of a key; none where nobody agreed on it. */
    public NavigableSet<String> values(String key) {
        return shelf.find(key).map(Convention::values).orElse(new TreeSet<>());
    }

    /** 400 InvalidValueForKey where a value is none of those agreed on for its key and names of this type. */
    public void check(DidType of, String key, JsonNode value) {
        if (value.isNull()) {
            return;
        }
        shelf.find(key).filter(c -> c.keyType().isAbout(of)).ifPresent(convention -> {
            String text = value.isString() ? value.stringValue() : value.toString();
            boolean listed =
                    convention.values().isEmpty() || convention.values().contains(text);
            if (!listed || !fits(convention, text)) {
                throw RucioError.bad(
                        "InvalidValueForKey", "The value '%s' for the key '%s' is invalid".formatted(text, key));
            }
        });
    }

    /** The same of all that is said of a file when it is registered. */
    void check(Attributes ofFile) {
        if (!ofFile.values().isEmpty()) {
            check(DidType.FILE, FileMetadata.of(ofFile));
        }
    }

    /** The same of all that is said of a name. */
    public void check(DidType of, Metadata said) {
        said.column().forEach((key, value) -> check(of, key, value));
        said.json().forEach((key, value) -> check(of, key, value));
    }

    private static boolean fits(Convention convention, String value) {
        return convention.valueRegexp().map(regexp -> value.matches(regexp)).orElse(true);
    }

    /** 409 Duplicate where the key is agreed on. */
    public void add(AccountName who, String key, KeyType type, Optional<String> valueType, Optional<String> regexp) {
        regexp.ifPresent(MetaConventions::compile);
        Instant now = clock.now();
        shelf.change(who, documents -> {
            if (shelf.find(documents, key).isPresent()) {
                throw RucioError.conflict("Duplicate", "Key '" + key + "' already exists!");
            }
            return List.of(shelf.put(key, new Convention(type, valueType, regexp, new TreeSet<>(), now)));
        });
    }

    private static void compile(String regexp) {
        try {
            Pattern.compile(regexp);
        } catch (PatternSyntaxException bad) {
            throw RucioError.invalid("'" + regexp + "' is no regular expression: " + bad.getDescription());
        }
    }

    /** 404 KeyNotFound where the key is not agreed on; 409 Duplicate where the value is. */
    public void addValue(AccountName who, String key, String value) {
        shelf.change(who, documents -> {
            Convention old = shelf.find(documents, key)
                    .orElseThrow(() -> RucioError.notFound("KeyNotFound", "key '" + key + "' not found"));
            if (!fits(old, value)) {
                throw RucioError.bad(
                        "InvalidValueForKey",
                        "The value '%s' for the key '%s' does not match the regular expression '%s'"
                                .formatted(value, key, old.valueRegexp().orElse("")));
            }
            NavigableSet<String> values = new TreeSet<>(old.values());
            if (!values.add(value)) {
                throw RucioError.conflict("Duplicate", "key-value '%s-%s' already exists!".formatted(key, value));
            }
            return List.of(shelf.put(
                    key, new Convention(old.keyType(), old.valueType(), old.valueRegexp(), values, old.created())));
        });
    }
}
