package holdfast.server.drivers;

import holdfast.storage.StorageElement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the settings of one element's driver: every one is known and well formed, or the element is refused. */
public final class DriverSettings {
    private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,15}) ?([A-Za-z]*)");
    private static final Map<String, Duration> TIMES = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "min", Duration.ofMinutes(1),
            "h", Duration.ofHours(1));
    private static final Map<String, Long> SIZES =
            Map.of("", 1L, "B", 1L, "kB", 1_000L, "MB", 1_000_000L, "GB", 1_000_000_000L, "TB", 1_000_000_000_000L);

    private final StorageElement element;
    private final Map<String, String> settings;
    private final Set<String> asked = new HashSet<>();

    DriverSettings(StorageElement element) {
        this.element = element;
        this.settings = element.driver().settings();
    }

    /** A setting that must be there. */
    public String text(String name) {
        return maybe(name).orElseThrow(() -> new BadDriver(element, "the setting '%s' is missing".formatted(name)));
    }

    /** A setting that may be absent. */
    public Optional<String> maybe(String name) {
        asked.add(name);
        return Optional.ofNullable(settings.get(name));
    }

    public Duration time(String name, Duration otherwise) {
        return maybe(name)
                .map(text -> unit(name, text, TIMES, "a time such as 50 ms, 10 s, 5 min or 1 h"))
                .map(amount -> amount.unit().multipliedBy(amount.count()))
                .orElse(otherwise);
    }

    /** Bytes. */
    public OptionalLong size(String name) {
        return maybe(name)
                .map(text -> unit(name, text, SIZES, "a size such as 100 MB or 1 TB"))
                .map(amount -> OptionalLong.of(Math.multiplyExact(amount.count(), amount.unit())))
                .orElse(OptionalLong.empty());
    }

    /** Which of two words a setting has; the first when it is not there. */
    public boolean isFirst(String name, String first, String second) {
        String text = maybe(name).orElse(first);
        if (!text.equals(first) && !text.equals(second)) {
            throw bad(name, text, "'%s' or '%s'".formatted(first, second));
        }
        return text.equals(first);
    }

    /** Refuses settings that nobody asked for. */
    public void end() {
        Set<String> unknown = new TreeSet<>(settings.keySet());
        unknown.removeAll(asked);
        if (!unknown.isEmpty()) {
            throw new BadDriver(
                    element,
                    "the driver '%s' has no setting %s; it knows %s"
                            .formatted(element.driver().kind(), unknown, new TreeSet<>(asked)));
        }
    }

    private <U> Amount<U> unit(String name, String text, Map<String, U> units, String form) {
        Matcher matcher = AMOUNT.matcher(text);
        U unit = matcher.matches() ? units.get(matcher.group(2)) : null;
        if (unit == null) {
            throw bad(name, text, form);
        }
        return new Amount<>(Long.parseLong(matcher.group(1)), unit);
    }

    /** What to throw for a setting that is not of its form, which completes the sentence "is 'text', not ...". */
    public BadDriver bad(String name, String text, String form) {
        return new BadDriver(element, "the setting '%s' is '%s', not %s".formatted(name, text, form));
    }

    private record Amount<U>(long count, U unit) {}
}
