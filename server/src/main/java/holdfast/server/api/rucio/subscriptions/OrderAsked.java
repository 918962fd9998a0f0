package holdfast.server.api.rucio.subscriptions;

import holdfast.server.api.rucio.wire.Dates;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.catalog.Subscription.Order;
import holdfast.server.catalog.Subscription.State;
import holdfast.server.catalog.SubscriptionCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads what a client says of a subscription. */
final class OrderAsked {
    private static final int LONGEST_COMMENT = 4_000;
    private static final int USUAL_PRIORITY = 3;

    /** Until the year 9999, the last that dates are written for. */
    private static final long LONGEST_DAYS = 2_900_000;

    private OrderAsked() {}

    static Parameters options(RucioCall call) {
        return call.parameters()
                .maybeObject("options")
                .orElseThrow(() -> RucioError.bad("KeyError", "'options' not defined"));
    }

    static Order whole(Parameters options, Instant now) {
        return new Order(
                filter(options.mustNode("filter")),
                rules(options.mustNode("replication_rules")),
                comments(options),
                until(options, now),
                priority(options, USUAL_PRIORITY),
                options.flag("retroactive", false),
                options.flag("dry_run", false));
    }

    /** What is not named stays. */
    static Order changed(Order old, Parameters options, Instant now) {
        return new Order(
                options.node("filter").map(OrderAsked::filter).orElse(old.filter()),
                options.node("replication_rules").map(OrderAsked::rules).orElse(old.rules()),
                options.has("comments") ? comments(options) : old.comments(),
                options.has("lifetime") ? until(options, now) : old.until(),
                priority(options, old.priority()),
                options.flag("retroactive", old.retroactive()),
                options.flag("dry_run", old.dryRun()));
    }

    private static String filter(JsonNode filter) {
        if (!filter.isObject()) {
            throw RucioError.bad("TypeError", "filter should be a dict");
        }
        SubscriptionCheck.filter(filter);
        return filter.toString();
    }

    private static String rules(JsonNode rules) {
        if (!rules.isArray()) {
            throw RucioError.bad("TypeError", "replication_rules should be a list");
        }
        SubscriptionCheck.rules(rules);
        return rules.toString();
    }

    private static String comments(Parameters options) {
        String comments = options.maybeText("comments").orElse("");
        if (comments.length() > LONGEST_COMMENT) {
            throw RucioError.invalid("comments have at most " + LONGEST_COMMENT + " characters");
        }
        return comments;
    }

    /** A number of days from now, or a date; none where it is null or false. */
    private static Optional<Instant> until(Parameters options, Instant now) {
        Optional<JsonNode> value = options.node("lifetime");
        if (value.isEmpty() || value.get().isBoolean() && !value.get().booleanValue()) {
            return Optional.empty();
        }
        if (value.get().isString()) {
            return Optional.of(Dates.read(value.get().stringValue()));
        }
        long days = options.number("lifetime");
        if (days < 0 || days > LONGEST_DAYS) {
            throw RucioError.invalid("a lifetime is 0 to " + LONGEST_DAYS + " days, not " + days);
        }
        return Optional.of(now.plus(Duration.ofDays(days)));
    }

    private static int priority(Parameters options, int otherwise) {
        Optional<JsonNode> value = options.node("priority").filter(node -> !node.isBoolean());
        long priority = value.isPresent() ? options.number("priority") : otherwise;
        if (priority < 0 || priority > Integer.MAX_VALUE) {
            throw RucioError.invalid("a subscription's priority is a number from 0 on, not " + priority);
        }
        return (int) priority;
    }

    static Optional<State> state(Parameters options) {
        return options.maybeText("state").map(text -> switch (text.toUpperCase(Locale.ROOT)) {
            case "A", "ACTIVE" -> State.ACTIVE;
            case "I", "INACTIVE" -> State.INACTIVE;
            default -> throw RucioError.invalid("'" + text + "' is no state to set; there are ACTIVE and INACTIVE");
        });
    }
}
