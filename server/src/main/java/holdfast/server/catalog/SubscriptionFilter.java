package holdfast.server.catalog;

import holdfast.catalog.CollectionRow;
import holdfast.server.api.rucio.wire.RucioError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which collections a subscription is about. All its keys must fit; expressions fit from the beginning of a value on, as
 * the field's server tests them.
 */
final class SubscriptionFilter {
    private final List<Test> tests = new ArrayList<>();

    /** One key of the filter. */
    @FunctionalInterface
    private interface Test {
        boolean fits(CollectionRow row, Metadata metadata, Supplier<CollectionRow.Extent> extent);
    }

    private SubscriptionFilter() {}

    /** @param text a JSON object; 400 InvalidObject where it is none or a value cannot be what its key asks for */
    static SubscriptionFilter of(String text) {
        return of(JsonMapper.shared().readTree(text));
    }

    static SubscriptionFilter of(JsonNode filter) {
        SubscriptionFilter built = new SubscriptionFilter();
        filter.properties()
                .forEach(key -> built.test(key.getKey(), key.getValue()).ifPresent(built.tests::add));
        return built;
    }

    /** The names of scopes in a filter, or the expressions for them. */
    static List<String> scopes(String text) {
        return Optional.ofNullable(JsonMapper.shared().readTree(text).get("scope"))
                .map(SubscriptionFilter::texts)
                .orElse(List.of());
    }

    /** @param extent counts the collection's content; asked only where the filter does */
    boolean fits(CollectionRow row, Supplier<CollectionRow.Extent> extent) {
        Metadata metadata = Metadata.read(row.metadata());
        return !isHidden(metadata) && tests.stream().allMatch(test -> test.fits(row, metadata, extent));
    }

    private static boolean isHidden(Metadata metadata) {
        return Optional.ofNullable(metadata.column().get("hidden"))
                .map(JsonNode::asBoolean)
                .orElse(false);
    }

    private Optional<Test> test(String key, JsonNode value) {
        return switch (key) {
            case "split_rule" -> Optional.empty();
            case "pattern" -> {
                Pattern pattern = pattern(key, text(value));
                yield Optional.of((row, m, e) -> begins(pattern, row.id().name()));
            }
            case "excluded_pattern" -> {
                Pattern pattern = pattern(key, text(value));
                yield Optional.of((row, m, e) -> !begins(pattern, row.id().name()));
            }
            case "scope" -> {
                List<Pattern> patterns = patterns(key, value);
                yield Optional.of((row, m, e) -> any(patterns, row.id().scope().name()));
            }
            case "account" -> {
                List<String> names = texts(value);
                yield Optional.of((row, m, e) -> names.contains(row.account().name()));
            }
            case "did_type" -> {
                List<String> kinds = texts(value).stream()
                        .map(kind -> kind.toUpperCase(Locale.ROOT))
                        .toList();
                yield Optional.of((row, m, e) -> kinds.contains(row.kind().name())
                        || kinds.contains(row.kind().name().substring(0, 1)));
            }
            case "min_avg_file_size" -> {
                long least = number(key, value);
                yield Optional.of((row, m, e) -> average(e.get()) >= least);
            }
            case "max_avg_file_size" -> {
                long most = number(key, value);
                yield Optional.of((row, m, e) -> average(e.get()) <= most);
            }
            default -> {
                List<Pattern> patterns = patterns(key, value);
                yield Optional.of((row, metadata, e) -> said(row, metadata, key)
                        .map(said -> any(patterns, said))
                        .orElse(false));
            }
        };
    }

    private static double average(CollectionRow.Extent extent) {
        return extent.files() == 0 ? 0 : (double) extent.bytes() / extent.files();
    }

    /** What is said of a collection under a key, as the field's language writes it. */
    private static Optional<String> said(CollectionRow row, Metadata metadata, String key) {
        return Optional.ofNullable(metadata.column().get(key))
                .or(() -> Optional.ofNullable(metadata.json().get(key)))
                .map(SubscriptionFilter::text)
                .or(() -> switch (key) {
                    case "name" -> Optional.of(row.id().name());
                    case "is_open" -> Optional.of(row.open() ? "True" : "False");
                    case "monotonic" -> Optional.of(row.monotonic() ? "True" : "False");
                    default -> Optional.empty();
                });
    }

    private static String text(JsonNode value) {
        if (value.isNull()) {
            return "None";
        }
        if (value.isBoolean()) {
            return value.booleanValue() ? "True" : "False";
        }
        return value.isString() ? value.stringValue() : value.toString();
    }

    private static List<String> texts(JsonNode value) {
        List<String> texts = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(item -> texts.add(text(item)));
        } else {
            texts.add(text(value));
        }
        return texts;
    }

    private static List<Pattern> patterns(String key, JsonNode value) {
        return texts(value).stream().map(text -> pattern(key, text)).toList();
    }

    private static Pattern pattern(String key, String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException bad) {
            throw RucioError.invalid(
                    "the filter's %s '%s' is no regular expression: %s".formatted(key, text, bad.getDescription()));
        }
    }

    private static long number(String key, JsonNode value) {
        if (!value.isNumber()) {
            throw RucioError.invalid("the filter's " + key + " is a number of bytes");
        }
        return value.longValue();
    }

    private static boolean begins(Pattern pattern, String text) {
        return pattern.matcher(text).lookingAt();
    }

    private static boolean any(List<Pattern> patterns, String text) {
        return patterns.stream().anyMatch(pattern -> begins(pattern, text));
    }
}
