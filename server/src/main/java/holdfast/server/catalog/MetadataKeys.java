package holdfast.server.catalog;

import holdfast.server.api.rucio.wire.Dates;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.vocabulary.AccountName;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The keys that every client knows: what kind of value each has, and which of them nobody sets. */
public final class MetadataKeys {
    /** What a value must be. */
    enum Kind {
        TEXT,
        WHOLE,
        FLAG,
        DATE
    }

    static final String LIFETIME = "lifetime";
    static final String GUID = "guid";
    static final String ACCOUNT = "account";
    static final String MONOTONIC = "monotonic";

    /** A hundred years. */
    private static final BigDecimal LONGEST = BigDecimal.valueOf(3_155_760_000L);

    private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern GUID_FORM = Pattern.compile("[0-9a-f]{32}");
    private static final Map<String, Kind> KEPT = kept();

    /** They follow from what happened, and have calls of their own where they have any. */
    private static final Set<String> DERIVED = Set.of(
            "scope",
            "name",
            "did_type",
            "is_open",
            "bytes",
            "length",
            "adler32",
            "md5",
            "created_at",
            "updated_at",
            "closed_at",
            "deleted_at",
            "expired_at",
            "availability",
            "is_archive",
            "constituent",
            "access_cnt");

    private MetadataKeys() {}

    private static Map<String, Kind> kept() {
        Map<String, Kind> kept = new TreeMap<>();
        for (String key : new String[] {
            "project", "datatype", "stream_name", "prod_step", "version", "campaign", "provenance", "phys_group", GUID
        }) {
            kept.put(key, Kind.TEXT);
        }
        for (String key : new String[] {"run_number", "task_id", "panda_id", "lumiblocknr", "events"}) {
            kept.put(key, Kind.WHOLE);
        }
        for (String key :
                new String[] {"hidden", "suppressed", "obsolete", "transient", "purge_replicas", "is_new", "complete"
                }) {
            kept.put(key, Kind.FLAG);
        }
        kept.put("eol_at", Kind.DATE);
        kept.put("accessed_at", Kind.DATE);
        return java.util.Collections.unmodifiableMap(kept);
    }

    /** The keys whose values are kept as they are set. */
    static Map<String, Kind> columns() {
        return KEPT;
    }

    /** Whether it is a key that every client knows. */
    public static boolean isColumn(String key) {
        return KEPT.containsKey(key)
                || DERIVED.contains(key)
                || key.equals(LIFETIME)
                || key.equals(ACCOUNT)
                || key.equals(MONOTONIC);
    }

    /** 409 UnsupportedOperation for a key that nobody sets. */
    static void refuseDerived(String key) {
        if (DERIVED.contains(key)) {
            throw RucioError.conflict(
                    "UnsupportedOperation",
                    "'%s' follows from what the catalogue knows and cannot be set".formatted(key));
        }
    }

    /** The value in the one form in which it is kept; 400 InvalidMetadata where it has another kind. */
    static JsonNode normal(String key, JsonNode value) {
        Kind kind = KEPT.get(key);
        if (kind == null || value.isNull()) {
            return value;
        }
        JsonNodeFactory make = JsonNodeFactory.instance;
        return switch (kind) {
            case TEXT -> make.stringNode(key.equals(GUID) ? guid(value) : text(key, value));
            case WHOLE -> make.numberNode(whole(key, value));
            case FLAG -> make.booleanNode(flag(key, value));
            case DATE -> make.stringNode(date(key, value).toString());
        };
    }

    private static String text(String key, JsonNode value) {
        if (value.isContainer()) {
            throw wrong(key, "a text", value);
        }
        return value.isString() ? value.stringValue() : value.toString();
    }

    private static String guid(JsonNode value) {
        String text = text(GUID, value).toLowerCase(Locale.ROOT).replaceAll("[{}-]", "");
        if (!GUID_FORM.matcher(text).matches()) {
            throw wrong(GUID, "32 hexadecimal digits", value);
        }
        return text;
    }

    private static long whole(String key, JsonNode value) {
        String text = value.isString() ? value.stringValue().strip() : value.toString();
        if (!DIGITS.matcher(text).matches()) {
            throw wrong(key, "a whole number", value);
        }
        return Long.parseLong(text);
    }

    private static boolean flag(String key, JsonNode value) {
        String text = value.isString() ? value.stringValue() : value.toString();
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw wrong(key, "true or false", value);
        };
    }

    private static Instant date(String key, JsonNode value) {
        if (!value.isString()) {
            throw wrong(key, "a date such as 'Sun, 22 Nov 2026 18:05:22 UTC'", value);
        }
        return Dates.read(value.stringValue());
    }

    /** How long from now; empty for ever. */
    public static Optional<Duration> lifetime(JsonNode seconds) {
        if (seconds.isNull()) {
            return Optional.empty();
        }
        try {
            BigDecimal value = new BigDecimal(text(LIFETIME, seconds));
            if (value.abs().compareTo(LONGEST) <= 0) {
                return Optional.of(Duration.ofMillis(value.movePointRight(3).longValue()));
            }
        } catch (NumberFormatException notOne) {
            throw wrong(LIFETIME, "a number of seconds", seconds);
        }
        throw wrong(LIFETIME, "at most " + LONGEST + " seconds", seconds);
    }

    static AccountName account(JsonNode value) {
        String name = text(ACCOUNT, value);
        if (!AccountName.isOne(name)) {
            throw wrong(ACCOUNT, "an account's name", value);
        }
        return new AccountName(name);
    }

    static boolean monotonic(JsonNode value) {
        return flag(MONOTONIC, value);
    }

    private static RucioError wrong(String key, String wanted, JsonNode value) {
        String text = value.toString();
        return RucioError.bad(
                "InvalidMetadata",
                "'%s' must be %s, not %s"
                        .formatted(key, wanted, text.length() <= 80 ? text : text.substring(0, 80) + " ..."));
    }
}
