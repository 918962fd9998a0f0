package holdfast.server.api.rucio.rules;

import holdfast.placement.Rule;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.catalog.RuleDetails;
import holdfast.server.catalog.RuleRequest;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.DataId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Reads the body of a call that makes a rule. */
public final class RuleAsked {
    private static final int LONGEST_COMMENT = 250;
    private static final int LONGEST_META = 3_999;

    private RuleAsked() {}

    public static RuleRequest read(Parameters sent, AccountName caller, Instant now) {
        List<DataId> of = sent.list("dids").stream().map(Parameters::did).toList();
        if (of.isEmpty()) {
            throw RucioError.of(409, "InvalidReplicationRule", "A rule needs at least one DID.");
        }
        Rule.Wish wish = new Rule.Wish(
                copies(sent.number("copies")),
                expression(sent.text("rse_expression")),
                grouping(sent.maybeText("grouping")),
                sent.maybeText("weight"),
                sent.maybeText("source_replica_expression"));
        return new RuleRequest(
                of,
                sent.maybeText("account").map(RuleAsked::account).orElse(caller),
                wish,
                lifetime(sent.maybeNumber("lifetime")),
                sent.flag("locked", false),
                priority(sent.maybeNumber("priority")),
                begin(sent),
                details(sent, now));
    }

    static AccountName account(String text) {
        return holdfast.server.catalog.Accounts.name(text);
    }

    static int copies(long number) {
        if (number < 1 || number > 1_000) {
            throw RucioError.of(
                    409,
                    "InvalidReplicationRule",
                    "Invalid number of copies: %d; ask for 1 to 1000.".formatted(number));
        }
        return (int) number;
    }

    static String expression(String text) {
        if (text.isEmpty() || text.length() > 3_000) {
            throw RucioError.of(409, "InvalidRSEExpression", "An RSE expression has 1 to 3000 characters.");
        }
        return text;
    }

    static Rule.Grouping grouping(Optional<String> text) {
        return switch (text.orElse("DATASET").toUpperCase(Locale.ROOT)) {
            case "ALL", "A" -> Rule.Grouping.ALL;
            case "DATASET", "D" -> Rule.Grouping.DATASET;
            case "NONE", "N" -> Rule.Grouping.NONE;
            default ->
                throw RucioError.of(
                        409,
                        "InvalidReplicationRule",
                        "Invalid grouping %s: ALL, DATASET or NONE".formatted(text.get()));
        };
    }

    static Optional<Duration> lifetime(OptionalLong seconds) {
        if (seconds.isEmpty()) {
            return Optional.empty();
        }
        long value = seconds.getAsLong();
        if (Math.abs(value) > Duration.ofDays(36_500).toSeconds()) {
            throw RucioError.of(409, "InvalidReplicationRule", "A lifetime is at most a hundred years, in seconds.");
        }
        return Optional.of(Duration.ofSeconds(value));
    }

    static int priority(OptionalLong number) {
        long value = number.orElse(3);
        if (value < 1 || value > 5) {
            throw RucioError.of(409, "InvalidReplicationRule", "A priority is a number from 1 to 5, not " + value);
        }
        return (int) value;
    }

    private static Optional<Rule.Pause> begin(Parameters sent) {
        if (sent.flag("ask_approval", false)) {
            return Optional.of(Rule.Pause.WAITING_APPROVAL);
        }
        boolean later = sent.flag("asynchronous", false)
                || sent.maybeNumber("delay_injection").isPresent();
        return later ? Optional.of(Rule.Pause.INJECT) : Optional.empty();
    }

    private static RuleDetails details(Parameters sent, Instant now) {
        return new RuleDetails(
                sent.maybeText("activity"),
                sent.maybeText("notify").map(RuleAsked::notification),
                sent.maybeText("comment").map(c -> within(c, LONGEST_COMMENT, "comment")),
                sent.node("meta").map(m -> within(m.isString() ? m.stringValue() : m.toString(), LONGEST_META, "meta")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                sent.maybeNumber("delay_injection").stream()
                        .mapToObj(s -> now.plusSeconds(
                                Math.min(s, Duration.ofDays(36_500).toSeconds())))
                        .findFirst(),
                Optional.<UUID>empty(),
                sent.maybeText("subscription_id").flatMap(holdfast.server.api.rucio.wire.Ids::read),
                new RuleDetails.Switches(
                        sent.flag("purge_replicas", false),
                        sent.flag("ignore_availability", false),
                        sent.flag("ignore_account_limit", false),
                        sent.flag("split_container", false)));
    }

    private static String notification(String letter) {
        return switch (letter) {
            case "Y", "YES" -> "YES";
            case "C", "CLOSE" -> "CLOSE";
            case "P", "PROGRESS" -> "PROGRESS";
            default -> "NO";
        };
    }

    static String within(String text, int longest, String what) {
        if (text.length() > longest) {
            throw RucioError.of(
                    409, "InvalidObject", "The %s of a rule has at most %d characters.".formatted(what, longest));
        }
        return text;
    }
}
