package holdfast.house;

import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What the surroundings would slip into a decision: time, chance, the machine's settings. */
final class Ambient {

    private static final Set<String> CONSTRUCTORS =
            Set.of("java.util.Random", "java.util.SplittableRandom", "java.security.SecureRandom", "java.util.Date");

    /** Methods by their owner; a value is a pattern over the method's name. */
    private static final Map<String, Pattern> METHODS = Map.ofEntries(
            Map.entry("java.time.Clock", Pattern.compile("system.*|tick.*")),
            Map.entry("java.time.ZoneId", Pattern.compile("systemDefault")),
            Map.entry("java.util.TimeZone", Pattern.compile("getDefault")),
            Map.entry("java.util.Locale", Pattern.compile("getDefault")),
            Map.entry("java.util.Calendar", Pattern.compile("getInstance")),
            Map.entry("java.nio.charset.Charset", Pattern.compile("defaultCharset")),
            Map.entry(
                    "java.lang.System",
                    Pattern.compile("currentTimeMillis|nanoTime|getenv|getProperty|getProperties|lineSeparator")),
            Map.entry("java.lang.Boolean", Pattern.compile("getBoolean")),
            Map.entry("java.lang.Integer", Pattern.compile("getInteger")),
            Map.entry("java.lang.Long", Pattern.compile("getLong")),
            Map.entry("java.lang.Math", Pattern.compile("random")),
            Map.entry("java.lang.StrictMath", Pattern.compile("random")),
            Map.entry("java.lang.Thread", Pattern.compile("sleep")),
            Map.entry("java.util.UUID", Pattern.compile("randomUUID")),
            Map.entry("java.util.concurrent.ThreadLocalRandom", Pattern.compile("current")),
            Map.entry("java.util.random.RandomGenerator", Pattern.compile("of|getDefault")),
            Map.entry("java.security.SecureRandom", Pattern.compile("getInstance.*")));

    private Ambient() {}

    static boolean isReadBy(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String member = access.getTarget().getName();
        if (member.equals("<init>")) {
            return CONSTRUCTORS.contains(owner);
        }
        boolean now = owner.startsWith("java.time.") && member.equals("now");
        Pattern reads = METHODS.get(owner);
        return now || (reads != null && reads.matcher(member).matches());
    }
}
