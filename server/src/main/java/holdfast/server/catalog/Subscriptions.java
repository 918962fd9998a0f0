package holdfast.server.catalog;

import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.catalog.Subscription.Name;
import holdfast.server.catalog.Subscription.Order;
import holdfast.server.catalog.Subscription.State;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Database;
import holdfast.server.sql.Registry;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Visible;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The subscriptions that people keep. */
public final class Subscriptions {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final Accounts accounts;
    private final HouseClock clock;
    private final Shelf<Kept> shelf;

    record Kept(UUID id, Order order, State state, Instant created, Instant updated) {
        private Subscription of(Name name) {
            return new Subscription(name, id, order, state, created, updated);
        }
    }

    public Subscriptions(Registry registry, Accounts accounts, HouseClock clock) {
        this.accounts = accounts;
        this.clock = clock;
        this.shelf = new Shelf<>(registry, "subscription", Kept.class);
    }

    /** All, in the order in which they are asked. */
    public List<Subscription> all() {
        return shelf.all().entrySet().stream()
                .map(entry -> entry.getValue().of(name(entry.getKey())))
                .sorted(Comparator.comparing((Subscription one) -> one.order().priority())
                        .thenComparing(one -> one.name().key()))
                .toList();
    }

    private static Name name(String key) {
        int slash = key.indexOf('/');
        return new Name(new AccountName(key.substring(0, slash)), key.substring(slash + 1));
    }

    /** All that name no scope that is hidden, in the same order. */
    public List<Subscription> all(Visible sees) {
        return all().stream().filter(one -> one.isKnown(sees)).toList();
    }

    /** 404 SubscriptionNotFound where there is none that may be known of. */
    public Subscription must(Name name, Visible sees) {
        return shelf.find(name.key())
                .map(kept -> kept.of(name))
                .filter(one -> one.isKnown(sees))
                .orElseThrow(() -> notFound(name));
    }

    private static RucioError notFound(Name name) {
        return RucioError.notFound(
                "SubscriptionNotFound",
                "Subscription for account '%s' named '%s' not found".formatted(name.account(), name.text()));
    }

    /** Answers its id; 409 SubscriptionDuplicate where the account has one of that name. */
    public UUID add(AccountName who, Name name, Order order) {
        if (!FORM.matcher(name.text()).matches()) {
            throw RucioError.invalid("a subscription's name has 1 to 64 letters, digits, '.', '_' or '-'");
        }
        UUID id = Database.newId();
        Instant now = clock.now();
        shelf.change(who, documents -> {
            accounts.account(documents, name.account());
            if (shelf.find(documents, name.key()).isPresent()) {
                throw RucioError.conflict(
                        "SubscriptionDuplicate",
                        "Subscription '%s' owned by '%s' already exists!".formatted(name.text(), name.account()));
            }
            return List.of(shelf.put(name.key(), new Kept(id, order, State.ACTIVE, now, now)));
        });
        return id;
    }

    /** @param state empty where it is not to change: an inactive one stays inactive */
    public void update(AccountName who, Name name, UnaryOperator<Order> change, Optional<State> state) {
        Instant now = clock.now();
        shelf.change(who, documents -> {
            Kept old = shelf.find(documents, name.key()).orElseThrow(() -> notFound(name));
            Kept next = new Kept(
                    old.id(),
                    change.apply(old.order()),
                    state.orElse(old.state() == State.INACTIVE ? State.INACTIVE : State.UPDATED),
                    old.created(),
                    now);
            return List.of(shelf.put(name.key(), next));
        });
    }
}
