package holdfast.server.adoption;

import holdfast.placement.Rule;
import holdfast.placement.Rule.Grouping;
import holdfast.placement.Rule.Pause;
import holdfast.server.api.rucio.wire.Ids;
import holdfast.server.catalog.RuleDetails;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts rules of the other server into this house's words, with their dates; what each is about is looked up later. */
final class RuleReading {
    private static final int USUAL_PRIORITY = 3;

    private final Instant now;
    private final List<Conflict> conflicts = new ArrayList<>();

    RuleReading(Instant now) {
        this.now = now;
    }

    List<Conflict> conflicts() {
        return conflicts;
    }

    /** A rule about a file, as it seems; see {@link #about}. */
    Optional<Rule> read(RuleSaid said) {
        Optional<UUID> id = Ids.read(said.id());
        if (id.isEmpty()) {
            return leave(said, "rule", "an id has 32 hexadecimal digits", said.id());
        }
        if (said.account() == null || !AccountName.isOne(said.account())) {
            return leave(said, "account", "no account can be called so", said.id() + " of " + said.account());
        }
        Optional<Grouping> grouping = grouping(said.grouping());
        if (grouping.isEmpty()) {
            return leave(said, "rule", "a grouping is ALL, DATASET or NONE", said.id() + ": " + said.grouping());
        }
        try {
            DataId of = new DataId(new Scope(said.scope()), said.name());
            Rule.Wish wish = new Rule.Wish(
                    said.copies() == null ? 1 : said.copies(),
                    said.expression(),
                    grouping.get(),
                    Optional.ofNullable(said.weight()),
                    Optional.ofNullable(said.sources()));
            return Optional.of(new Rule(
                    id.get(),
                    new Rule.Target(of, Rule.Target.Kind.FILE),
                    wish,
                    hold(said),
                    pause(said.state()),
                    details(said),
                    false));
        } catch (IllegalArgumentException bad) {
            return leave(said, "rule", String.valueOf(bad.getMessage()), said.id());
        }
    }

    private Optional<Rule> leave(RuleSaid said, String what, String here, String there) {
        conflicts.add(new Conflict(said.scope(), said.name(), what, here, there));
        return Optional.empty();
    }

    /** The rule with what its target is. */
    static Rule about(Rule rule, Rule.Target.Kind kind) {
        return new Rule(
                rule.id(),
                new Rule.Target(rule.target().id(), kind),
                rule.wish(),
                rule.hold(),
                rule.paused(),
                rule.details(),
                false);
    }

    private Rule.Hold hold(RuleSaid said) {
        Instant created = said.created() == null ? now : said.created();
        return new Rule.Hold(
                new AccountName(String.valueOf(said.account())),
                is(said.locked()),
                said.priority() == null ? USUAL_PRIORITY : said.priority(),
                created,
                said.updated() == null ? created : said.updated(),
                Optional.ofNullable(said.expires()));
    }

    private static String details(RuleSaid said) {
        return new RuleDetails(
                        Optional.ofNullable(said.activity()),
                        Optional.ofNullable(said.notification()),
                        Optional.ofNullable(said.comments()),
                        Optional.ofNullable(said.meta()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.ofNullable(said.eol()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new RuleDetails.Switches(
                                is(said.purge()),
                                is(said.ignoreAvailability()),
                                is(said.ignoreAccountLimit()),
                                is(said.splitContainer())))
                .text();
    }

    private static boolean is(@Nullable Boolean said) {
        return said != null && said;
    }

    private static Optional<Grouping> grouping(@Nullable String said) {
        return switch (said == null ? "DATASET" : said.toUpperCase(Locale.ROOT)) {
            case "ALL", "A" -> Optional.of(Grouping.ALL);
            case "DATASET", "D" -> Optional.of(Grouping.DATASET);
            case "NONE", "N" -> Optional.of(Grouping.NONE);
            default -> Optional.empty();
        };
    }

    private static Optional<Pause> pause(@Nullable String state) {
        return switch (state == null ? "" : state.toUpperCase(Locale.ROOT)) {
            case "SUSPENDED", "U" -> Optional.of(Pause.SUSPENDED);
            case "WAITING_APPROVAL", "W" -> Optional.of(Pause.WAITING_APPROVAL);
            case "INJECT", "I" -> Optional.of(Pause.INJECT);
            default -> Optional.empty();
        };
    }
}
