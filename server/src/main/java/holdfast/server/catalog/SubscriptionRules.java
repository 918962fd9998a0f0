package holdfast.server.catalog;

import holdfast.placement.Rule;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.vocabulary.DataId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rules that a subscription makes, each from one object of its list. */
final class SubscriptionRules {
    private static final int MOST_COPIES = 1_000;
    private static final Set<String> KEYS = Set.of(
            "copies",
            "rse_expression",
            "activity",
            "lifetime",
            "weight",
            "grouping",
            "source_replica_expression",
            "locked",
            "ignore_availability",
            "purge_replicas",
            "comments",
            "comment",
            "priority",
            "notify",
            "delay_injection",
            "split_container",
            "meta");

    private final List<Parameters> rules;

    private SubscriptionRules(List<Parameters> rules) {
        this.rules = List.copyOf(rules);
    }

    static SubscriptionRules of(String text) {
        return of(JsonMapper.shared().readTree(text));
    }

    /** 400 InvalidObject where a rule asks for what cannot be done. */
    static SubscriptionRules of(JsonNode list) {
        List<Parameters> rules = new ArrayList<>();
        for (JsonNode item : list) {
            if (!item.isObject()) {
                throw RucioError.bad("TypeError", "replication_rules should be a list of dictionaries");
            }
            rules.add(checked(new Parameters(item)));
        }
        if (rules.isEmpty()) {
            throw RucioError.invalid("a subscription makes at least one rule");
        }
        return new SubscriptionRules(rules);
    }

    private static Parameters checked(Parameters rule) {
        for (String key : rule.keys()) {
            if (!KEYS.contains(key)) {
                throw RucioError.invalid(
                        "a subscription's rule cannot have '%s' here; it may have %s".formatted(key, sorted()));
            }
        }
        wish(rule, expression -> 1);
        lifetime(rule);
        priority(rule);
        rule.flag("locked", false);
        switches(rule);
        return rule;
    }

    private static String sorted() {
        return String.join(", ", KEYS.stream().sorted().toList());
    }

    /**
     * What is asked of the rule book for a collection.
     *
     * @param elements how many elements an expression names, for rules that ask for a copy at each
     */
    List<RuleRequest> requests(Subscription subscription, DataId of, Instant now, ToIntFunction<String> elements) {
        return rules.stream()
                .map(rule -> new RuleRequest(
                        List.of(of),
                        subscription.name().account(),
                        wish(rule, elements),
                        lifetime(rule),
                        rule.flag("locked", false),
                        priority(rule),
                        rule.has("delay_injection") ? Optional.of(Rule.Pause.INJECT) : Optional.empty(),
                        details(subscription, rule, now)))
                .toList();
    }

    private static Rule.Wish wish(Parameters rule, ToIntFunction<String> elements) {
        String expression = rule.text("rse_expression");
        boolean everywhere = rule.mustNode("copies").isString()
                && rule.mustNode("copies").stringValue().equals("*");
        long copies = everywhere ? elements.applyAsInt(expression) : rule.number("copies");
        if (copies < 1 || copies > MOST_COPIES) {
            throw RucioError.invalid("a rule asks for 1 to 1000 copies, or '*' for one at each RSE");
        }
        return new Rule.Wish(
                (int) copies,
                expression,
                grouping(rule.maybeText("grouping").orElse("DATASET")),
                rule.maybeText("weight"),
                rule.maybeText("source_replica_expression"));
    }

    private static Rule.Grouping grouping(String text) {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "ALL", "A" -> Rule.Grouping.ALL;
            case "DATASET", "D" -> Rule.Grouping.DATASET;
            case "NONE", "N" -> Rule.Grouping.NONE;
            default -> throw RucioError.invalid("'" + text + "' is no grouping; there are ALL, DATASET and NONE");
        };
    }

    private static Optional<Duration> lifetime(Parameters rule) {
        return rule.maybeNumber("lifetime").stream()
                .mapToObj(seconds -> Duration.ofSeconds(
                        Math.clamp(seconds, 0, Duration.ofDays(36_500).toSeconds())))
                .findFirst();
    }

    private static int priority(Parameters rule) {
        long priority = rule.maybeNumber("priority").orElse(3);
        if (priority < 1 || priority > 5) {
            throw RucioError.invalid("a rule's priority is 1 to 5, not " + priority);
        }
        return (int) priority;
    }

    private static RuleDetails.Switches switches(Parameters rule) {
        return new RuleDetails.Switches(
                rule.flag("purge_replicas", false),
                rule.flag("ignore_availability", false),
                false,
                rule.flag("split_container", false));
    }

    private static RuleDetails details(Subscription subscription, Parameters rule, Instant now) {
        return new RuleDetails(
                rule.maybeText("activity"),
                rule.maybeText("notify"),
                rule.maybeText("comments").or(() -> rule.maybeText("comment")),
                rule.node("meta").map(meta -> meta.isString() ? meta.stringValue() : meta.toString()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                rule.maybeNumber("delay_injection").stream()
                        .mapToObj(now::plusSeconds)
                        .findFirst(),
                Optional.empty(),
                Optional.of(subscription.id()),
                switches(rule));
    }
}
