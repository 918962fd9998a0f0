package holdfast.server.api.rucio.rules;

import holdfast.placement.Rule;
import holdfast.server.api.rucio.wire.Ids;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.catalog.RuleDetails;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Carries out the options of a call that changes a rule. */
final class RuleOptions {
    private final Parameters options;
    private final Instant now;

    RuleOptions(Parameters options, Instant now) {
        this.options = options;
        this.now = now;
    }

    Rule on(Rule before) {
        Rule rule = before;
        for (String option : options.keys()) {
            rule = one(rule, option);
        }
        return rule;
    }

    private Rule one(Rule rule, String option) {
        Rule.Hold hold = rule.hold();
        return switch (option) {
            case "lifetime" ->
                rule.with(hold(
                        hold,
                        hold.locked(),
                        RuleAsked.lifetime(options.maybeNumber(option)).map(now::plus)));
            case "locked" -> rule.with(hold(hold, options.flag(option, hold.locked()), hold.expires()));
            case "priority" ->
                rule.with(new Rule.Hold(
                        hold.account(),
                        hold.locked(),
                        RuleAsked.priority(options.maybeNumber(option)),
                        hold.created(),
                        now,
                        hold.expires()));
            case "account" ->
                rule.with(new Rule.Hold(
                        RuleAsked.account(options.text(option)),
                        hold.locked(),
                        hold.priority(),
                        hold.created(),
                        now,
                        hold.expires()));
            case "source_replica_expression" ->
                rule.with(
                        new Rule.Wish(
                                rule.wish().copies(),
                                rule.wish().expression(),
                                rule.wish().grouping(),
                                rule.wish().weight(),
                                options.maybeText(option)),
                        now);
            case "state" -> state(rule, options.text(option));
            // Orders are raised anew from the locks at any moment, so there is nothing to cancel or to boost by hand.
            case "cancel_requests", "boost_rule" -> rule;
            default ->
                rule.withDetails(details(RuleDetails.of(rule.details()), option).text(), now);
        };
    }

    private Rule.Hold hold(Rule.Hold hold, boolean locked, Optional<Instant> expires) {
        return new Rule.Hold(hold.account(), locked, hold.priority(), hold.created(), now, expires);
    }

    /** A rule that is told to be stuck or working is looked at again; what it then is follows from the copies. */
    private Rule state(Rule rule, String state) {
        return switch (state.toUpperCase(Locale.ROOT)) {
            case "SUSPENDED", "U" -> rule.pause(Optional.of(Rule.Pause.SUSPENDED), now);
            case "STUCK", "S", "REPLICATING", "R", "OK", "O" -> {
                boolean waits = rule.paused().equals(Optional.of(Rule.Pause.SUSPENDED))
                        || rule.paused().equals(Optional.of(Rule.Pause.STUCK));
                yield waits ? rule.pause(Optional.of(Rule.Pause.INJECT), now) : rule;
            }
            default ->
                throw RucioError.conflict("UnsupportedOperation", "A rule cannot be put into the state " + state);
        };
    }

    private RuleDetails details(RuleDetails d, String option) {
        RuleDetails.Switches s = d.switches();
        return switch (option) {
            case "activity" -> with(d, options.maybeText(option), d.comments(), d.meta());
            case "comment" ->
                with(
                        d,
                        d.activity(),
                        options.maybeText(option).map(c -> RuleAsked.within(c, 250, "comment")),
                        d.meta());
            case "meta" ->
                with(
                        d,
                        d.activity(),
                        d.comments(),
                        options.node(option).map(m -> m.isString() ? m.stringValue() : m.toString()));
            case "purge_replicas" ->
                with(
                        d,
                        d.endOfLife(),
                        d.child(),
                        new RuleDetails.Switches(
                                options.flag(option, false),
                                s.ignoreAvailability(),
                                s.ignoreAccountLimit(),
                                s.splitContainer()));
            case "split_container" ->
                with(
                        d,
                        d.endOfLife(),
                        d.child(),
                        new RuleDetails.Switches(
                                s.purgeReplicas(),
                                s.ignoreAvailability(),
                                s.ignoreAccountLimit(),
                                options.flag(option, false)));
            case "eol_at" -> with(d, options.maybeDate(option), d.child(), s);
            case "child_rule_id" ->
                with(d, d.endOfLife(), options.maybeText(option).map(RuleOptions::id), s);
            default -> throw RucioError.conflict("InputValidationError", option + " is not a valid option to set.");
        };
    }

    private static java.util.UUID id(String text) {
        return Ids.read(text)
                .orElseThrow(() -> RucioError.conflict("InputValidationError", text + " is no id of a rule"));
    }

    private static RuleDetails with(
            RuleDetails d, Optional<String> activity, Optional<String> comments, Optional<String> meta) {
        return new RuleDetails(
                activity,
                d.notification(),
                comments,
                meta,
                d.error(),
                d.stuckAt(),
                d.endOfLife(),
                d.notBefore(),
                d.child(),
                d.subscription(),
                d.switches());
    }

    private static RuleDetails with(
            RuleDetails d, Optional<Instant> end, Optional<java.util.UUID> child, RuleDetails.Switches switches) {
        return new RuleDetails(
                d.activity(),
                d.notification(),
                d.comments(),
                d.meta(),
                d.error(),
                d.stuckAt(),
                end,
                d.notBefore(),
                child,
                d.subscription(),
                switches);
    }
}
