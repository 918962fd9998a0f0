package holdfast.server.catalog;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Rucio's clients say of a rule and the house does not act upon, or acts upon only at its end; kept as JSON in the
 * rule's details.
 *
 * @param error why no elements could be chosen for all of it
 * @param child the rule that is to take its place: it ends when that one is kept
 */
public record RuleDetails(
        Optional<String> activity,
        Optional<String> notification,
        Optional<String> comments,
        Optional<String> meta,
        Optional<String> error,
        Optional<Instant> stuckAt,
        Optional<Instant> endOfLife,
        Optional<Instant> notBefore,
        Optional<UUID> child,
        Optional<UUID> subscription,
        Switches switches) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** What is said with yes or no. */
    public record Switches(
            boolean purgeReplicas, boolean ignoreAvailability, boolean ignoreAccountLimit, boolean splitContainer) {}

    public static RuleDetails of(String text) {
        JsonNode json = JSON.readTree(text);
        return new RuleDetails(
                text(json, "activity"),
                text(json, "notification"),
                text(json, "comments"),
                text(json, "meta"),
                text(json, "error"),
                text(json, "stuck_at").map(Instant::parse),
                text(json, "eol_at").map(Instant::parse),
                text(json, "not_before").map(Instant::parse),
                text(json, "child_rule_id").map(UUID::fromString),
                text(json, "subscription_id").map(UUID::fromString),
                new Switches(
                        json.path("purge_replicas").asBoolean(false),
                        json.path("ignore_availability").asBoolean(false),
                        json.path("ignore_account_limit").asBoolean(false),
                        json.path("split_container").asBoolean(false)));
    }

    public String text() {
        ObjectNode json = JSON.createObjectNode();
        put(json, "activity", activity);
        put(json, "notification", notification);
        put(json, "comments", comments);
        put(json, "meta", meta);
        put(json, "error", error);
        put(json, "stuck_at", stuckAt);
        put(json, "eol_at", endOfLife);
        put(json, "not_before", notBefore);
        put(json, "child_rule_id", child);
        put(json, "subscription_id", subscription);
        put(json, "purge_replicas", switches.purgeReplicas);
        put(json, "ignore_availability", switches.ignoreAvailability);
        put(json, "ignore_account_limit", switches.ignoreAccountLimit);
        put(json, "split_container", switches.splitContainer);
        return json.toString();
    }

    RuleDetails withError(Optional<String> why, Optional<Instant> since) {
        return new RuleDetails(
                activity,
                notification,
                comments,
                meta,
                why,
                since,
                endOfLife,
                notBefore,
                child,
                subscription,
                switches);
    }

    RuleDetails withPurge() {
        Switches next =
                new Switches(true, switches.ignoreAvailability, switches.ignoreAccountLimit, switches.splitContainer);
        return new RuleDetails(
                activity,
                notification,
                comments,
                meta,
                error,
                stuckAt,
                endOfLife,
                notBefore,
                child,
                subscription,
                next);
    }

    RuleDetails withChild(UUID next) {
        return new RuleDetails(
                activity,
                notification,
                comments,
                meta,
                error,
                stuckAt,
                endOfLife,
                notBefore,
                Optional.of(next),
                subscription,
                switches);
    }

    private static Optional<String> text(JsonNode json, String key) {
        JsonNode value = json.path(key);
        return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
    }

    private static void put(ObjectNode json, String key, Optional<?> value) {
        value.ifPresent(v -> json.put(key, v.toString()));
    }

    private static void put(ObjectNode json, String key, boolean value) {
        if (value) {
            json.put(key, true);
        }
    }
}
