package holdfast.server.simulation;

import holdfast.catalog.CopyRow;
import holdfast.evidence.Ledger;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StoragePath;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What must be true once all faults have ended and time has passed. */
final class Rest {
    /** How long it waits, one after the other, with the house at work in between. */
    static final List<Duration> SPANS = List.of(
            Duration.ofMinutes(10),
            Duration.ofHours(2),
            Duration.ofHours(30),
            Duration.ofDays(17),
            Duration.ofMinutes(20));

    /** How long it rests at the end with nobody at work: proofs that were to be renewed by now would be late then. */
    static final Duration STILL = Duration.ofDays(4).minusHours(2);

    private final World world;
    private final Source source;
    private final Oracle oracle;

    Rest(World world, Source source, Oracle oracle, Agenda agenda) {
        this.world = world;
        this.source = source;
        this.oracle = oracle;
    }

    /** Which of the acknowledged files can be whole again: a good copy stands on record, or the source holds it. */
    Map<DataId, Boolean> hopes(Ledger ledger) {
        Map<DataId, Boolean> hopes = new TreeMap<>();
        for (DataId id : source.acknowledged) {
            boolean stands = ledger.copies(id).values().stream()
                    .anyMatch(copy -> copy.state().stands() && isGood(copy));
            hopes.put(id, stands || source.held.containsKey(id));
        }
        source.held.keySet().forEach(id -> hopes.put(id, true));
        return hopes;
    }

    private boolean isGood(CopyRow copy) {
        Store store = java.util.Objects.requireNonNull(world.stores.get(copy.storage()));
        return isGood(store, copy.path(), copy.id());
    }

    private boolean isGood(Store store, StoragePath path, DataId id) {
        byte[] medium = store.medium.get(path);
        Store.Online online = store.buffer.get(path);
        byte[] bytes = medium != null ? medium : online == null ? null : online.bytes();
        return bytes != null && Arrays.equals(bytes, world.truth.of(id));
    }

    private boolean isAnywhere(DataId id) {
        return world.stores.values().stream()
                .anyMatch(store -> store.paths().stream()
                        .filter(path -> world.truth.at(path).filter(id::equals).isPresent())
                        .anyMatch(path -> isGood(store, path, id)));
    }

    void judge(Map<DataId, Boolean> hopes, Ledger after) {
        oracle.numbered();
        Oracle.Shortfalls shortfalls = oracle.shortfalls();
        hopes.forEach((id, hope) -> {
            for (ClauseId clause : Oracle.PLACEMENT) {
                if (hope && !shortfalls.isMet(clause, id)) {
                    world.violation("%s could be whole again, and %s is not met: %s", id, clause, copies(after, id));
                }
            }
            if (source.acknowledged.contains(id) && !isAnywhere(id) && !shortfalls.isAnything(id)) {
                world.violation("%s is nowhere, and every clause is met for it", id);
            }
        });
    }

    private static List<String> copies(Ledger ledger, DataId id) {
        return ledger.copies(id).values().stream()
                .map(c -> c.storage() + " " + c.state() + " " + c.path() + " " + c.proof())
                .toList();
    }
}
