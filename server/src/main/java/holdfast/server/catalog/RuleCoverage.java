package holdfast.server.catalog;

import holdfast.placement.Rule;
import holdfast.placement.RuleLock;
import holdfast.server.sql.CollectionTable;
import holdfast.server.sql.CollectionTable.Numbered;
import holdfast.server.sql.Descent;
import holdfast.server.sql.RuleCover;
import holdfast.server.sql.RuleTables;
import holdfast.server.sql.Words;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What a rule covers and has no lock on, and the locks on what it covers no more. */
final class RuleCoverage {
    /** Single files that get their locks in one transaction. */
    static final int AT_ONCE = 10_000;

    private final CollectionTable collections;
    private final RuleTables rules;
    private final RuleCover cover;
    private final Descent descent;
    private final RuleChooser chooser;

    RuleCoverage(Words words, RuleChooser chooser) {
        this.collections = new CollectionTable(words);
        this.rules = new RuleTables(words);
        this.cover = new RuleCover(words);
        this.descent = new Descent(words);
        this.chooser = chooser;
    }

    /** What to take and what to give up. @param more whether there is more of it than fits into one transaction */
    record Difference(List<RuleLock> take, List<RuleLock> giveUp, boolean more) {
        boolean isNone() {
            return take.isEmpty() && giveUp.isEmpty();
        }
    }

    /** The locks of a rule that has none yet. */
    List<RuleLock> first(Connection connection, Rule rule) throws SQLException {
        return difference(connection, rule).take;
    }

    /** Whether a rule covers more single files than one transaction should lock. */
    boolean isForLater(Connection connection, Rule rule) throws SQLException {
        if (rule.wish().grouping() != Rule.Grouping.NONE || rule.target().kind() == Rule.Target.Kind.FILE) {
            return false;
        }
        // The choice is made here all the same, so that a rule which cannot be kept is refused at once.
        chooser.ground(connection, rule);
        long files = 0;
        for (Numbered dataset : datasets(connection, rule)) {
            files += descent.files(connection, dataset.number());
        }
        return files * rule.wish().copies() > AT_ONCE;
    }

    Difference difference(Connection connection, Rule rule) throws SQLException {
        RuleChooser.Ground ground = chooser.ground(connection, rule);
        if (rule.target().kind() == Rule.Target.Kind.FILE) {
            boolean locked = !rules.locks(connection, rule.id()).isEmpty();
            DataId file = rule.target().id();
            List<RuleLock> take = locked
                    ? List.of()
                    : chooser.lock(
                            rule, ground, List.of(chooser.file(connection, file, cover.bytes(connection, file.key()))));
            return new Difference(take, List.of(), false);
        }
        List<Numbered> datasets = datasets(connection, rule);
        return rule.wish().grouping() == Rule.Grouping.NONE
                ? ofFiles(connection, rule, ground, datasets)
                : ofDatasets(connection, rule, ground, datasets);
    }

    private Difference ofDatasets(Connection connection, Rule rule, RuleChooser.Ground ground, List<Numbered> datasets)
            throws SQLException {
        List<RuleLock> locks = rules.locks(connection, rule.id());
        Set<DataId> locked = locks.stream().map(RuleLock::of).collect(Collectors.toSet());
        Set<DataId> covered = datasets.stream().map(d -> d.row().id()).collect(Collectors.toSet());
        List<Numbered> fresh =
                datasets.stream().filter(d -> !locked.contains(d.row().id())).toList();
        Set<StorageName> kept = locks.stream().map(RuleLock::at).collect(Collectors.toSet());
        List<RuleLock> gone =
                locks.stream().filter(l -> !covered.contains(l.of())).toList();
        return new Difference(chooser.lock(connection, rule, ground, fresh, kept), gone, false);
    }

    private Difference ofFiles(Connection connection, Rule rule, RuleChooser.Ground ground, List<Numbered> datasets)
            throws SQLException {
        UUID id = rule.id();
        List<Long> numbers = datasets.stream().map(Numbered::number).toList();
        List<RuleLock> gone = cover.beyond(connection, id, numbers, AT_ONCE);
        List<RuleCover.Unlocked> fresh = new ArrayList<>();
        for (long dataset : numbers) {
            if (fresh.size() < AT_ONCE) {
                fresh.addAll(cover.unlocked(connection, id, dataset, AT_ONCE - fresh.size()));
            }
        }
        List<RuleCover.Unlocked> once = fresh.stream()
                .collect(Collectors.toMap(RuleCover.Unlocked::file, f -> f, (a, b) -> a, java.util.LinkedHashMap::new))
                .values()
                .stream()
                .toList();
        boolean more = fresh.size() >= AT_ONCE || gone.size() >= AT_ONCE;
        return new Difference(chooser.lock(rule, ground, once), gone, more);
    }

    /** The datasets that a rule covers now; while the transaction lasts no copy of what they hold is released. */
    private List<Numbered> datasets(Connection connection, Rule rule) throws SQLException {
        Numbered target = collections.find(connection, rule.target().id()).orElseThrow();
        List<Numbered> datasets = descent.datasets(connection, target.number());
        collections.lock(connection, datasets);
        return datasets;
    }
}
