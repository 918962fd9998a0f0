package holdfast.server.simulation;

import holdfast.evidence.Assessment;
import holdfast.evidence.Ledger;
import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.Verdict;
import holdfast.plan.Limits;
import holdfast.server.work.Assessor;
import holdfast.server.work.ReleaseList;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.StorageName;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds what the house says against what it could know; it knows the disks and what was read of them, not the journal. */
final class Oracle {
    static final List<ClauseId> PLACEMENT =
            List.of(new ClauseId("P-22"), new ClauseId("P-23"), new ClauseId("P-25"), new ClauseId("P-26"));
    private static final StorageName HOME = new StorageName("HOME-DISK");
    private static final int MOST_SHOWN = 6;

    private final World world;
    private final Setting setting;
    private final Source source;
    private final Node observer;

    Oracle(World world, Setting setting, Source source, Node observer) {
        this.world = world;
        this.setting = setting;
        this.source = source;
        this.observer = observer;
    }

    /** What falls short by the house's own word: of each clause the files, and whether they only arrive. */
    record Shortfalls(Map<ClauseId, Map<NameKey, Boolean>> byClause) {
        boolean isMet(ClauseId clause, DataId id) {
            return !byClause.getOrDefault(clause, Map.of()).containsKey(id.key());
        }

        boolean isAnything(DataId id) {
            return PLACEMENT.stream().anyMatch(clause -> !isMet(clause, id));
        }
    }

    /** Looks at everything once. */
    Ledger observe() {
        Assessor.Assessment now = observer.assessor.assess(0, Duration.ofHours(1));
        Ledger ledger = new Ledger();
        List<String> rows = observer.stateRows.lines(ledger::apply);
        List<String> folded = ledger.stateLines().toList();
        if (!rows.equals(folded)) {
            differ(rows, folded);
        }
        List<ClauseVerdict> again = Assessment.of(
                ledger.holdings(),
                now.inForce().surroundings(ledger.conditions(), Optional.empty(), ledger.trials()),
                now.whole(),
                now.at());
        compare(now.verdicts(), again);
        if (now.due() == 0) {
            claims(now, ledger);
        }
        for (DataId id : source.acknowledged) {
            if (ledger.holding(id).flatMap(h -> h.file()).isEmpty()) {
                world.violation("%s was acknowledged and is not registered", id);
            }
        }
        return ledger;
    }

    private void differ(List<String> rows, List<String> folded) {
        Set<String> only = new HashSet<>(rows);
        folded.forEach(only::remove);
        Set<String> missing = new HashSet<>(folded);
        rows.forEach(missing::remove);
        world.violation(
                "rows and journal differ; only in rows %s; only in the journal %s",
                only.stream().sorted().limit(MOST_SHOWN).toList(),
                missing.stream().sorted().limit(MOST_SHOWN).toList());
    }

    private void compare(List<ClauseVerdict> summed, List<ClauseVerdict> again) {
        for (int i = 0; i < summed.size(); i++) {
            if (!figures(summed.get(i)).equals(figures(again.get(i)))) {
                world.violation("the verdict is %s and taken again %s", figures(summed.get(i)), figures(again.get(i)));
            }
        }
    }

    private static List<Object> figures(ClauseVerdict v) {
        return List.of(
                v.clause().id(), v.verdict(), v.subjects(), v.arriving(), v.failing(), v.undetermined(), v.waived());
    }

    /** No clause of placement is met for a file by more than the house could know. */
    private void claims(Assessor.Assessment now, Ledger ledger) {
        Shortfalls shortfalls = shortfalls();
        Map<ClauseId, Verdict> verdicts = new HashMap<>();
        now.verdicts()
                .forEach(v -> v.verdict().ifPresent(w -> verdicts.put(v.clause().id(), w)));
        for (DataId id : source.acknowledged) {
            for (ClauseId clause : PLACEMENT) {
                boolean claimed =
                        shortfalls.isMet(clause, id) || (verdicts.get(clause) == Verdict.MET && isFirm(clause));
                if (claimed && !couldBeMet(clause, id, now.at())) {
                    world.violation(
                            "%s is met for %s by the house's word, and it could not know so: rows %s, seen %s",
                            clause, id, ledger.copies(id).values(), world.witness.words(id));
                }
            }
        }
    }

    /** Whether a clause's word is about every file, and not only about those that are not arriving. */
    private boolean isFirm(ClauseId clause) {
        return shortfalls().byClause.getOrDefault(clause, Map.of()).values().stream()
                .noneMatch(arriving -> arriving);
    }

    boolean couldBeMet(ClauseId clause, DataId id, Instant at) {
        Set<StorageName> good = couldCount(id, at);
        return switch (clause.name()) {
            case "P-25" -> good.contains(HOME);
            case "P-26" -> good.stream().anyMatch(e -> !e.equals(HOME));
            default -> good.size() >= 2;
        };
    }

    private Set<StorageName> couldCount(DataId id, Instant at) {
        Limits limits = setting.inForce().plan().limits();
        Set<StorageName> good = new HashSet<>();
        for (Store store : world.stores.values()) {
            Duration holds = store.tape ? limits.proofTape() : limits.proofDisk();
            boolean silent = store.noticed != null
                    && !at.isBefore(store.noticed.plus(limits.silence()).plusSeconds(1));
            if (!silent && world.witness.mayBelieve(id, store.name, at, holds)) {
                good.add(store.name);
            }
        }
        return good;
    }

    Shortfalls shortfalls() {
        Map<ClauseId, Map<NameKey, Boolean>> found = new HashMap<>();
        observer.database.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select clause, home, leaf, arriving from shortfall")) {
                while (row.next()) {
                    found.computeIfAbsent(new ClauseId(row.getString(1)), c -> new HashMap<>())
                            .put(new NameKey(row.getLong(2), row.getLong(3)), row.getBoolean(4));
                }
            }
            return found;
        });
        return new Shortfalls(found);
    }

    /** What a source is told that it may delete must be safe by what the house could know just then. */
    void told(ReleaseList.Listed listed) {
        List<DataId> going = new ArrayList<>();
        for (ReleaseList.Item item : listed.items()) {
            if (item.keep().isEmpty()) {
                going.add(item.file().id());
                for (ClauseId clause : PLACEMENT) {
                    if (!couldBeMet(clause, item.file().id(), world.now())) {
                        world.violation(
                                "the source was told it may delete %s, and %s was not met",
                                item.file().id(), clause);
                    }
                }
            }
        }
        source.mayGo.addAll(going);
    }

    /** Every entry has its number once, in an order that tells of one row first what was first. */
    void numbered() {
        long unnumbered = count("select count(*) from journal_entry e where not exists"
                + " (select from journal_leaf l where l.entry_id = e.id)");
        if (unnumbered > 0) {
            world.violation("%d entries have no number though the sequencer had its turns", unnumbered);
        }
    }

    long count(String sql) {
        return observer.database.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getLong(1);
            }
        });
    }
}
