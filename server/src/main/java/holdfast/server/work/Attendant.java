package holdfast.server.work;

import holdfast.catalog.CatalogFact.FilesPlaced;
import holdfast.catalog.FileRow;
import holdfast.custody.Attended;
import holdfast.custody.Custodian;
import holdfast.custody.InForce;
import holdfast.judgement.Surroundings;
import holdfast.placement.LoadView;
import holdfast.plan.PlanFact.PlanAdopted;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Database;
import holdfast.server.sql.Holdings;
import holdfast.server.sql.Homes;
import holdfast.server.sql.SqlJournal;
import holdfast.server.sql.State;
import holdfast.server.sql.State.Ground;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Attends homes whose work is due: judges their files, writes the summaries, raises demands. */
public final class Attendant {
    private static final Actor CUSTODIAN = new Actor("custodian");
    private static final int BATCH = 64;

    private final Desk desk;
    private final Supplier<InForce> inForce;
    private final Loads loads;
    private final AtomicReference<Known> known = new AtomicReference<>(new Known(0, Optional.empty()));

    /** The adoption whose texts were last compared with what this node holds in memory. */
    private record Known(int adoption, Optional<InForce> same) {}

    /** The ground moved while a home was attended; its work stays due. */
    private static final class Moved extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** What a batch is judged by. */
    private record View(Ground ground, Surroundings surroundings) {}

    /** What an attendant works with. */
    public record Desk(
            Database database, Homes homes, Holdings holdings, State state, SqlJournal journal, HouseClock clock) {}

    public Attendant(Desk desk, Supplier<InForce> inForce, Loads loads) {
        this.desk = desk;
        this.inForce = inForce;
        this.loads = loads;
    }

    /**
     * Attends up to one batch of homes and answers how many were due; 0 also where another node adopted a plan that this
     * one has not read yet.
     */
    public int step() {
        Instant now = desk.clock.now();
        desk.database.writeWork(connection -> desk.homes.makeDueByTime(connection, now));
        List<Long> due = desk.database.read(connection -> desk.homes.due(connection, BATCH));
        if (due.isEmpty()) {
            return 0;
        }
        Optional<View> view = desk.database.read(this::view);
        if (view.isEmpty()) {
            return 0;
        }
        LoadView load = loads.view(view.get().surroundings, now);
        try {
            for (long home : due) {
                load = attend(home, view.get(), load);
            }
        } catch (Moved e) {
            // The next step sees the new ground.
            return due.size();
        } finally {
            loads.remember(load, now);
        }
        return due.size();
    }

    private Optional<View> view(Connection connection) throws SQLException {
        // First the ground, then what stands on it: what changes between the two shows when a home is attended.
        Ground ground = desk.state.ground(connection);
        InForce plan = inForce.get();
        return isInForce(connection, plan)
                ? Optional.of(new View(ground, desk.state.surroundings(connection, plan)))
                : Optional.empty();
    }

    /** Whether a plan with its sites and policy is what was adopted last, by whichever node. */
    boolean isInForce(Connection connection, InForce plan) throws SQLException {
        int adoption = desk.state.ground(connection).adoption();
        Known now = known.get();
        if (now.adoption != adoption || now.same.filter(same -> same == plan).isEmpty()) {
            boolean same =
                    desk.state.adopted(connection).filter(a -> isSame(a, plan)).isPresent();
            now = new Known(adoption, same ? Optional.of(plan) : Optional.empty());
            known.set(now);
        }
        return now.same.isPresent();
    }

    private static boolean isSame(PlanAdopted adopted, InForce plan) {
        return adopted.digest().equals(plan.plan().digest())
                && digest(adopted.sitesText()).equals(plan.sites().digest())
                && digest(adopted.policyText()).equals(plan.naming().digest());
    }

    private static Digest digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The plan and sites in force with the conditions recorded now. */
    public Surroundings surroundings() {
        return desk.database.read(connection -> desk.state.surroundings(connection, inForce.get()));
    }

    /** Attends one home and answers what the sites hold once its orders are given. */
    private LoadView attend(long home, View view, LoadView before) {
        Instant now = desk.clock.now();
        LoadView[] load = {before};
        List<Attended> attended = desk.database.writeWork(connection -> {
            List<Attended> slices = desk.homes.attend(
                    connection,
                    home,
                    (found, given) -> {
                        Attended one = Custodian.attend(found, given, view.surroundings, load[0], now);
                        load[0] = one.load();
                        return one;
                    },
                    now);
            // Else work that a change made due would be done by what held before it, and not be due again.
            if (!slices.isEmpty() && !desk.state.keptGround(connection).equals(view.ground)) {
                throw new Moved();
            }
            return slices;
        });
        List<FileRow> placed =
                attended.stream().flatMap(a -> a.placed().stream()).toList();
        if (!placed.isEmpty()) {
            recordPlaced(placed);
        }
        return load[0];
    }

    /** Under the files' locks: only those whose row is still as it was judged. */
    private void recordPlaced(List<FileRow> placed) {
        desk.journal.append(CUSTODIAN, connection -> {
            var locked = desk.holdings.lock(
                    connection, placed.stream().map(f -> f.id().key()).toList());
            List<FileRow> rows = placed.stream().filter(f -> isStill(locked, f)).toList();
            return rows.isEmpty() ? Optional.empty() : Optional.of(new FilesPlaced(rows));
        });
    }

    private static boolean isStill(Map<DataId, holdfast.judgement.Holding> locked, FileRow placed) {
        return Optional.ofNullable(locked.get(placed.id()))
                .flatMap(holdfast.judgement.Holding::file)
                .map(now -> !now.placed() && now.markPlaced().equals(placed))
                .orElse(false);
    }
}
