package holdfast.formats.rucio;

import holdfast.formats.rucio.RucioElement.Availability;
import holdfast.formats.rucio.RucioElement.Protocol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows by the names of Rucio's columns, which its answers and its tables share, as values. */
public final class Reading {
    /** The columns of a DID that describe its data and steer nothing. */
    private static final Set<String> DESCRIBING = Set.of(
            "events",
            "project",
            "datatype",
            "run_number",
            "stream_name",
            "prod_step",
            "version",
            "campaign",
            "task_id",
            "panda_id",
            "lumiblocknr",
            "provenance",
            "phys_group");

    private Reading() {}

    public static RucioScope scope(Row row) {
        return new RucioScope(row.text("scope"), row.text("account"));
    }

    public static RucioAccount account(Row row) {
        String type =
                row.maybeText("account_type").or(() -> row.maybeText("type")).orElse("USER");
        return new RucioAccount(
                row.text("account"), type, row.maybeText("email").orElse(null));
    }

    /** An element by its settings; where the answer has them, its attributes come by a call of their own. */
    public static RucioElement element(Row row, Map<String, @Nullable Object> attributes) {
        return new RucioElement(
                row.text("rse"),
                row.maybeText("rse_type").orElse("DISK"),
                row.flag("deterministic", true),
                row.flag("volatile", false),
                new Availability(
                        row.flag("availability_read", true),
                        row.flag("availability_write", true),
                        row.flag("availability_delete", true)),
                attributes(attributes),
                row.rows("protocols").stream().map(Reading::protocol).toList());
    }

    /** Rucio's tables keep truths as texts, and its answers tell them as truths. */
    private static Map<String, @Nullable Object> attributes(Map<String, @Nullable Object> said) {
        Map<String, @Nullable Object> attributes = new TreeMap<>();
        said.forEach((key, value) -> {
            boolean isTruth = "true".equals(value) || "false".equals(value);
            attributes.put(key, isTruth ? (Object) "true".equals(value) : value);
        });
        return attributes;
    }

    private static Protocol protocol(Row row) {
        return new Protocol(
                row.text("scheme"),
                row.maybeText("hostname").orElse(""),
                row.maybeNumber("port").orElse(0),
                row.maybeText("prefix").orElse(""),
                row.maybeText("impl").orElse(""),
                row.object("domains"),
                row.object("extended_attributes").isEmpty() ? null : row.object("extended_attributes"));
    }

    /** A row of {@code dids}: {@code FILE}, {@code DATASET} or {@code CONTAINER}; what else it may be is kept as it is. */
    public static String type(Row row) {
        return Words.type(row.text("did_type"));
    }

    static RucioDid did(Row row) {
        return new RucioDid(row.text("scope"), row.text("name"));
    }

    /** A file of which the copies are still to be told. */
    static RucioFile file(Row row) {
        return new RucioFile(
                row.text("scope"),
                row.text("name"),
                row.number("bytes"),
                lower(row, "adler32"),
                lower(row, "md5"),
                row.maybeText("guid").map(Words::id).orElse(null),
                row.maybeText("account").orElse(null),
                row.time("created_at").orElse(null),
                metadata(row),
                List.of());
    }

    public static RucioCollection collection(Row row) {
        return new RucioCollection(
                row.text("scope"),
                row.text("name"),
                type(row),
                row.maybeText("account").orElse(null),
                row.flag("is_open", true),
                row.flag("monotonic", false),
                row.time("created_at").orElse(null),
                row.time("closed_at").orElse(null),
                row.time("expired_at").orElse(null),
                maybe(row.maybeNumber("length")),
                maybe(row.maybeNumber("bytes")),
                metadata(row));
    }

    /** A row of {@code replicas}, with the element's name under {@code rse}. */
    static RucioCopy copy(Row row) {
        return new RucioCopy(
                row.text("rse"),
                row.maybeText("path").orElse(null),
                Words.state(row.text("state")),
                row.time("created_at").orElse(null));
    }

    public static RucioRule rule(Row row) {
        return new RucioRule(
                Words.id(row.text("id")),
                row.text("account"),
                row.text("scope"),
                row.text("name"),
                type(row),
                row.maybeNumber("copies").orElse(1),
                row.text("rse_expression"),
                Words.grouping(row.maybeText("grouping").orElse("DATASET")),
                row.maybeText("weight").orElse(null),
                row.maybeText("source_replica_expression").orElse(null),
                row.maybeText("activity").orElse(null),
                maybe(row.maybeNumber("priority")),
                row.maybeText("state").map(Words::ruleState).orElse(null),
                row.flag("locked", false),
                row.time("created_at").orElse(null),
                row.time("updated_at").orElse(null),
                row.time("expires_at").orElse(null),
                row.time("eol_at").orElse(null),
                row.maybeText("comments").orElse(null),
                row.maybeText("notification").map(Words::notification).orElse(null),
                row.maybeText("meta").orElse(null),
                row.flag("ignore_availability", false),
                row.flag("ignore_account_limit", false),
                row.flag("purge_replicas", false),
                row.flag("split_container", false));
    }

    /** A lock; {@code otherwise} is its type where the row does not say it. */
    public static RucioLock lock(Row row, String otherwise) {
        String type = row.maybeText("did_type").map(Words::type).orElse(otherwise);
        return new RucioLock(Words.id(row.text("rule_id")), row.text("scope"), row.text("name"), type, row.text("rse"));
    }

    private static @Nullable Map<String, Object> metadata(Row row) {
        Map<String, Object> said = new LinkedHashMap<>(row.only(DESCRIBING));
        row.object("meta").forEach((key, value) -> {
            if (value != null) {
                said.put(key, value);
            }
        });
        return said.isEmpty() ? null : new TreeMap<>(said);
    }

    /** The free ones do not hide what the columns say. */
    static Map<String, Object> both(@Nullable Map<String, Object> columns, Map<String, Object> free) {
        Map<String, Object> all = new TreeMap<>(free);
        if (columns != null) {
            all.putAll(columns);
        }
        return all;
    }

    private static @Nullable Long maybe(OptionalLong number) {
        return number.isPresent() ? (Long) number.getAsLong() : null;
    }

    private static @Nullable String lower(Row row, String key) {
        return row.maybeText(key).map(text -> text.toLowerCase(Locale.ROOT)).orElse(null);
    }
}
