package holdfast.server.catalog;

import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.Visible;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A standing order: each new collection that fits the filter gets these rules. */
public record Subscription(Name name, UUID id, Order order, State state, Instant created, Instant updated) {

    /** Whose it is and how it is called. */
    public record Name(AccountName account, String text) {
        String key() {
            return account + "/" + text;
        }
    }

    /**
     * What is ordered.
     *
     * @param filter as it was sent, a JSON object
     * @param rules as they were sent, a JSON list of objects
     * @param until when it ends by itself
     * @param priority the order in which subscriptions are asked, the lowest first
     * @param retroactive whether collections that were there before it are looked at too
     * @param dryRun whether no rules are made
     */
    public record Order(
            String filter,
            String rules,
            String comments,
            Optional<Instant> until,
            int priority,
            boolean retroactive,
            boolean dryRun) {}

    /** Whether it works. */
    public enum State {
        ACTIVE,
        INACTIVE,
        UPDATED
    }

    /** Whether each scope that it names may be known of; an expression may name any, and is for those who see them all. */
    boolean isKnown(Visible sees) {
        return sees.isWhole()
                || SubscriptionFilter.scopes(order.filter()).stream().allMatch(name -> isKnown(sees, name));
    }

    private static boolean isKnown(Visible sees, String name) {
        try {
            return sees.allows(new Scope(name));
        } catch (BadWord expression) {
            return false;
        }
    }

    boolean isAtWork(Instant now) {
        return state != State.INACTIVE && order.until().map(now::isBefore).orElse(true);
    }
}
