package holdfast.server.catalog;

import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Catalogued.OfCollection;
import holdfast.server.sql.CollectionTable.Numbered;
import holdfast.server.sql.Database;
import holdfast.server.sql.Memory;
import holdfast.server.sql.NewCollections;
import holdfast.server.sql.Words;
import holdfast.vocabulary.Visible;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Asks the subscriptions about each new collection, once. Where a rule cannot be made the collection is asked about again
 * every five minutes, for a day; a rule that is there already is no failure, so two nodes may ask at once.
 */
public final class SubscriptionRound {
    private static final Logger LOG = System.getLogger(SubscriptionRound.class.getName());
    private static final String SETTLED = "subscriptions-settled";
    private static final String UP_TO = "subscription-up-to-";
    private static final String AT = "subscription-at-";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration PAUSE = Duration.ofMinutes(5);
    private static final int BATCH = 500;

    private final Desk desk;
    private final NewCollections fresh;

    /** What the round works with. */
    public record Desk(
            Database database,
            Subscriptions subscriptions,
            RuleBook rules,
            RuleElements elements,
            Collections collections,
            Memory memory,
            HouseClock clock) {}

    /** Whatever is there before the first round of a database was asked about, or nobody wants it to be. */
    public SubscriptionRound(Desk desk, Words words) {
        this.desk = desk;
        this.fresh = new NewCollections(words);
        long highest = desk.database.read(NewCollections::highest);
        desk.memory.keepFirst(SETTLED, Long.toString(highest), desk.clock.now());
    }

    /** One turn; answers how many collections were looked at. */
    public int step() {
        Instant now = desk.clock.now();
        long settled = number(SETTLED);
        List<Numbered> found = desk.database.read(connection -> {
            List<Numbered> both = new ArrayList<>(fresh.unseen(connection, settled, BATCH));
            both.addAll(fresh.again(connection, now, BATCH));
            return both;
        });
        List<Subscription> atWork = desk.subscriptions.all().stream()
                .filter(one -> one.isAtWork(now))
                .toList();
        Map<Long, Optional<Instant>> looked = new TreeMap<>();
        for (Numbered one : found) {
            boolean over = one.row().times().created().isBefore(now.minus(DAY));
            boolean done = ask(atWork, one, now) || over;
            looked.put(one.number(), done ? Optional.empty() : Optional.of(now.plus(PAUSE)));
        }
        settle(settled, looked, now);
        return looked.size() + lookBack(atWork, now);
    }

    private long number(String note) {
        return desk.memory
                .recall(note)
                .map(kept -> Long.parseLong(kept.value()))
                .orElse(0L);
    }

    /** Notes what was asked about. Collections of transactions that are open for an hour are the last to be told singly. */
    private void settle(long settled, Map<Long, Optional<Instant>> looked, Instant now) {
        long next = desk.database.read(connection -> fresh.settled(connection, settled, now.minus(HOUR)));
        if (looked.isEmpty() && next <= settled) {
            return;
        }
        desk.database.write(connection -> {
            fresh.seen(connection, looked);
            fresh.forget(connection, next);
            return next;
        });
        desk.memory.keepHighest(SETTLED, next, now);
    }

    /** Goes once through the collections that were there before a subscription that wants it. */
    private int lookBack(List<Subscription> atWork, Instant now) {
        int asked = 0;
        for (Subscription one : atWork) {
            if (one.order().retroactive()) {
                asked += lookBack(one, now);
            }
        }
        return asked;
    }

    private int lookBack(Subscription one, Instant now) {
        String highest = Long.toString(desk.database.read(NewCollections::highest));
        long upTo = Long.parseLong(desk.memory.keepFirst(UP_TO + one.id(), highest, now));
        long from = number(AT + one.id());
        if (from >= upTo) {
            return 0;
        }
        List<Numbered> older = desk.database.read(connection -> fresh.between(connection, from, upTo, BATCH));
        older.forEach(collection -> ask(List.of(one), collection, now));
        desk.memory.keepHighest(
                AT + one.id(), older.isEmpty() ? upTo : older.getLast().number(), now);
        return older.size();
    }

    /** Makes the rules that subscriptions order for one collection; answers whether all could be made. */
    private boolean ask(List<Subscription> subscriptions, Numbered collection, Instant now) {
        boolean whole = true;
        if (desk.collections.isObserved(collection.row().id().scope())) {
            return whole;
        }
        for (Subscription one : subscriptions) {
            try {
                boolean fits = SubscriptionFilter.of(one.order().filter())
                        .fits(
                                collection.row(),
                                () -> desk.collections.extent(new OfCollection(collection.number(), collection.row())));
                if (fits && !one.order().dryRun()) {
                    order(one, collection, now);
                }
            } catch (RucioError failure) {
                whole = false;
                LOG.log(
                        Level.WARNING,
                        "subscription {0} could not order rules for {1}: {2}",
                        one.name().text(),
                        collection.row().id(),
                        failure.text());
            }
        }
        return whole;
    }

    private void order(Subscription subscription, Numbered collection, Instant now) {
        List<RuleRequest> requests = SubscriptionRules.of(subscription.order().rules())
                .requests(
                        subscription,
                        collection.row().id(),
                        now,
                        expression -> desk.elements.matching(expression).size());
        for (RuleRequest request : requests) {
            try {
                List<UUID> made = desk.rules.add(subscription.name().account(), request, Visible.EVERYTHING);
                LOG.log(
                        Level.DEBUG,
                        "subscription {0} made {1}",
                        subscription.name().text(),
                        made);
            } catch (RucioError failure) {
                if (!failure.kind().equals("DuplicateRule")) {
                    throw failure;
                }
            }
        }
    }
}
