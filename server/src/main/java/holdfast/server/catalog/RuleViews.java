package holdfast.server.catalog;

import holdfast.placement.Rule;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.sql.CollectionTable;
import holdfast.server.sql.CollectionTable.Numbered;
import holdfast.server.sql.Database;
import holdfast.server.sql.Descent;
import holdfast.server.sql.LockRows;
import holdfast.server.sql.OrderRows;
import holdfast.server.sql.RulePromises;
import holdfast.server.sql.RuleSums;
import holdfast.server.sql.RuleTables;
import holdfast.server.sql.Words;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.Visible;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads rules, their locks, and the transfers ordered for them. Nothing of it is kept: all follows from the rows of now. */
public final class RuleViews {
    private static final int BATCH = 200;

    private final Database database;
    private final CollectionTable collections;
    private final Descent descent;
    private final RuleTables rules;
    private final RuleSums sums;
    private final LockRows locks;
    private final RulePromises promises;
    private final OrderRows orders;

    public RuleViews(Database database, Words words) {
        this.database = database;
        this.collections = new CollectionTable(words);
        this.descent = new Descent(words);
        this.rules = new RuleTables(words);
        this.sums = new RuleSums(words);
        this.locks = new LockRows(words);
        this.promises = new RulePromises(words);
        this.orders = new OrderRows(words);
    }

    /** One rule; 404 where there is none, it ended, or it is about what is hidden. */
    public RuleView rule(UUID id, Visible sees) {
        return database.read(connection -> {
            Rule rule = rules.find(connection, id)
                    .filter(r -> !r.removed() && sees.allows(r.target().id()))
                    .orElseThrow(() -> RuleBook.missing(id));
            return views(connection, List.of(rule)).getFirst();
        });
    }

    /** Rules of an account, or of all, that fit: as they are read, so that memory does not grow with the answer. */
    public void each(Visible sees, Optional<AccountName> of, Predicate<Rule> fits, Consumer<RuleView> taking) {
        database.stream(connection -> {
            List<Rule> batch = new ArrayList<>(BATCH);
            rules.each(connection, of, rule -> {
                if (sees.allows(rule.target().id()) && fits.test(rule)) {
                    batch.add(rule);
                    if (batch.size() == BATCH) {
                        show(connection, batch, taking);
                    }
                }
            });
            show(connection, batch, taking);
            return batch;
        });
    }

    private void show(Connection connection, List<Rule> batch, Consumer<RuleView> taking) throws SQLException {
        views(connection, batch).forEach(taking);
        batch.clear();
    }

    /** Rules about one name. */
    public List<RuleView> about(DataId id, boolean removedToo, Visible sees) {
        if (!sees.allows(id)) {
            return List.of();
        }
        return database.read(connection -> views(connection, rules.about(connection, List.of(id.key()), removedToo)));
    }

    /** Rules about a file and about all that holds it. */
    public List<RuleView> over(DataId file, Visible sees) {
        if (!sees.allows(file)) {
            return List.of();
        }
        return database.read(connection -> {
            List<NameKey> names = Stream.concat(
                            Stream.of(file.key()),
                            descent.above(connection, file).stream()
                                    .map(c -> c.row().id())
                                    .filter(sees::allows)
                                    .map(DataId::key))
                    .toList();
            return views(connection, rules.about(connection, names, false));
        });
    }

    private List<RuleView> views(Connection connection, List<Rule> found) throws SQLException {
        Map<UUID, List<RuleSums.Sum>> byRule =
                sums.of(connection, found.stream().map(Rule::id).toList());
        return found.stream()
                .map(r -> RuleView.of(r, byRule.getOrDefault(r.id(), List.of())))
                .toList();
    }

    /** Whether a dataset or container has this name. */
    public boolean isCollection(DataId id, Visible sees) {
        return sees.allows(id)
                && database.read(connection -> collections.find(connection, id))
                        .filter(c -> !c.row().removed())
                        .isPresent();
    }

    /** Where one rule locks one file. */
    public List<StorageName> locksOn(UUID rule, DataId file) {
        return database.read(connection -> promises.at(connection, rule, file.key()));
    }

    /** Each file that a rule locks, by element; none of a rule that is about what is hidden. */
    public void locks(UUID rule, Visible sees, Consumer<LockRows.OfFile> taking) {
        database.stream(connection -> {
            boolean known = sees.isWhole()
                    || rules.find(connection, rule)
                            .filter(r -> sees.allows(r.target().id()))
                            .isPresent();
            if (known) {
                locks.ofRule(connection, rule, lock -> {
                    if (sees.allows(lock.file())) {
                        taking.accept(lock);
                    }
                });
            }
            return rule;
        });
    }

    /** The locks on a dataset; none for a name that is no dataset. */
    public void datasetLocks(DataId dataset, Visible sees, Consumer<LockRows.OfDataset> taking) {
        if (!sees.allows(dataset)) {
            return;
        }
        database.read(connection -> {
            Optional<Numbered> found = collections.find(connection, dataset);
            if (found.isPresent()) {
                locks.ofDataset(connection, found.get().number(), known(sees, taking));
            }
            return dataset;
        });
    }

    public void datasetLocksAt(StorageName element, Visible sees, Consumer<LockRows.OfDataset> taking) {
        database.stream(connection -> {
            locks.at(connection, element, known(sees, taking));
            return element;
        });
    }

    /** Locks of what may be known of, by rules that may be: a hidden container may hold what is not hidden. */
    private static Consumer<LockRows.OfDataset> known(Visible sees, Consumer<LockRows.OfDataset> taking) {
        return lock -> {
            if (sees.allows(lock.dataset()) && sees.allows(lock.of())) {
                taking.accept(lock);
            }
        };
    }

    /** The transfer ordered for one file to one element; 404 where none is. */
    public OrderRows.Order order(DataId file, StorageName to, Visible sees) {
        return database.read(connection -> orders.find(connection, file.key(), to))
                .filter(order -> sees.allows(order.file()))
                .orElseThrow(() -> RucioError.notFound(
                        "RequestNotFound", "No request found for DID %s at RSE %s".formatted(file, to)));
    }

    public void orders(StorageName from, StorageName to, Visible sees, Consumer<OrderRows.Order> taking) {
        Consumer<OrderRows.Order> known = order -> {
            if (sees.allows(order.file())) {
                taking.accept(order);
            }
        };
        database.stream(connection -> {
            orders.between(connection, from, to, known);
            orders.notOrdered(connection, from, to, known);
            return to;
        });
    }
}
