package holdfast.server.work;

import holdfast.catalog.CopyRow;
import holdfast.catalog.FileRow;
import holdfast.custody.InForce;
import holdfast.judgement.CopyStanding;
import holdfast.judgement.Holding;
import holdfast.judgement.Surroundings;
import holdfast.placement.LoadView;
import holdfast.placement.Placement;
import holdfast.placement.Placer;
import holdfast.plan.Clause;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.ArchiveTable;
import holdfast.server.sql.Database;
import holdfast.server.sql.DemandTable;
import holdfast.server.sql.Holdings;
import holdfast.server.sql.ObservedScopes;
import holdfast.server.sql.PublishedTable;
import holdfast.server.sql.State;
import holdfast.server.sql.Verdicts;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.Visible;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Explains one file: why each copy is where it is, what is unmet and why, and what happens next. */
public final class Explainer {
    private final Database database;
    private final PublishedTable published = new PublishedTable();
    private final Reads reads;
    private final Supplier<InForce> inForce;
    private final HouseClock clock;

    /** Where an explainer reads. */
    public record Reads(
            Holdings holdings, State state, DemandTable demands, Verdicts verdicts, ArchiveTable archives) {}

    public Explainer(Database database, Reads reads, Supplier<InForce> inForce, HouseClock clock) {
        this.database = database;
        this.reads = reads;
        this.inForce = inForce;
        this.clock = clock;
    }

    /**
     * All that is known of one file now.
     *
     * @param archive an archive that it lies in, with a copy that is there
     * @param publication by which act it became public, where one made it
     * @param observed whether another server manages its scope
     */
    public record Explained(
            Holding holding,
            Optional<DataId> archive,
            Optional<Publication> publication,
            boolean observed,
            Surroundings surroundings,
            List<CopyStanding> copies,
            List<DemandTable.Waiting> wanted,
            Placement placement,
            List<Verdicts.Short> shortfalls,
            Instant at) {

        /** What happens next, in one sentence without a full stop. */
        public String next() {
            if (observed) {
                return "observed: nothing is ordered or deleted here, for another server manages scope "
                        + holding.id().scope();
            }
            Optional<String> carried = wanted.stream()
                    .map(w -> w.problem()
                            .map(p -> "a copy to %s waits%s: %s"
                                    .formatted(w.to(), w.attempts() == 0 ? "" : ", attempt " + w.attempts(), p))
                            .orElse("a copy to %s is on order".formatted(w.to())))
                    .reduce((one, other) -> one + "; " + other);
            return carried.or(() -> archive.filter(_ -> copies.isEmpty())
                            .map(
                                    "nothing is on order; its bytes lie in archive %s, which is explained by itself"
                                            ::formatted))
                    .or(() -> placement.unmet().stream().findFirst())
                    .orElse("nothing is on order");
        }

        /** How many copies count. */
        public long counting() {
            return copies.stream()
                    .filter(c -> c.word() == CopyStanding.Word.COUNTS)
                    .count();
        }
    }

    /**
     * How a file became public.
     *
     * @param from of which object it was made; empty where whoever asks may not know of that
     */
    public record Publication(UUID act, Optional<DataId> from) {}

    private Optional<Publication> publication(Connection connection, DataId id, Visible sees) throws SQLException {
        return published
                .of(connection, id)
                .map(made -> new Publication(
                        made.act(), Optional.of(made.file().from()).filter(sees::allows)));
    }

    /** @param sees which archives may be named; whether the file may be known of is asked before */
    public Optional<Explained> explain(DataId id, Visible sees) {
        return database.read(connection -> {
            Instant now = clock.now();
            Optional<Holding> holding = reads.holdings.find(connection, id);
            if (holding.isEmpty()) {
                return Optional.empty();
            }
            Surroundings surroundings = reads.state.surroundings(connection, inForce.get());
            List<DemandTable.Waiting> wanted = reads.demands.of(connection, id.key());
            Set<StorageName> ordered =
                    wanted.stream().map(DemandTable.Waiting::to).collect(Collectors.toSet());
            List<CopyRow> copies = holding.get().copies();
            boolean observed = ObservedScopes.in(connection).contains(id.scope());
            return Optional.of(new Explained(
                    holding.get(),
                    reads.archives.keptIn(connection, id, sees),
                    publication(connection, id, sees),
                    observed,
                    surroundings,
                    copies.stream()
                            .map(c -> CopyStanding.of(c, surroundings, now))
                            .toList(),
                    wanted,
                    observed
                            ? new Placement(List.of(), List.of())
                            : Placer.plan(
                                    holding.get(),
                                    clauses(holding.get(), surroundings),
                                    surroundings,
                                    new LoadView(Map.of(), Map.of(id, ordered)),
                                    now),
                    reads.verdicts.of(connection, id),
                    now));
        });
    }

    private static List<Clause> clauses(Holding holding, Surroundings surroundings) {
        return holding.file()
                .flatMap(FileRow::belongs)
                .map(b -> surroundings.plan().about(b.classId()))
                .orElse(List.of());
    }
}
