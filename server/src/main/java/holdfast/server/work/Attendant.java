package holdfast.server.work;

import holdfast.catalog.CatalogFact.FilesPlaced;
import holdfast.catalog.FileRow;
import holdfast.custody.Attended;
import holdfast.custody.Custodian;
import holdfast.custody.InForce;
import holdfast.judgement.Surroundings;
import holdfast.placement.LoadView;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Database;
import holdfast.server.sql.Holdings;
import holdfast.server.sql.Homes;
import holdfast.server.sql.SqlJournal;
import holdfast.server.sql.State;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Attends homes whose work is due: judges their files, writes the summaries, raises demands. */
public final class Attendant {
    private static final Actor CUSTODIAN = new Actor("custodian");
    private static final int BATCH = 64;

    private final Desk desk;
    private final Supplier<InForce> inForce;
    private final Loads loads;

    /** What an attendant works with. */
    public record Desk(
            Database database, Homes homes, Holdings holdings, State state, SqlJournal journal, HouseClock clock) {}

    public Attendant(Desk desk, Supplier<InForce> inForce, Loads loads) {
        this.desk = desk;
        this.inForce = inForce;
        this.loads = loads;
    }

    /** Attends up to one batch of homes and answers how many were due. */
    public int step() {
        Instant now = desk.clock.now();
        desk.database.writeWork(connection -> desk.homes.makeDueByTime(connection, now));
        List<Long> due = desk.database.read(connection -> desk.homes.due(connection, BATCH));
        if (due.isEmpty()) {
            return 0;
        }
        Surroundings surroundings = surroundings();
        LoadView load = loads.view(surroundings);
        for (long home : due) {
            load = attend(home, surroundings, load);
        }
        return due.size();
    }

    /** The plan and sites in force with the conditions recorded now. */
    public Surroundings surroundings() {
        return inForce.get().surroundings(desk.database.read(desk.state::conditions));
    }

    /** Attends one home and answers what the sites hold once its orders are given. */
    private LoadView attend(long home, Surroundings surroundings, LoadView before) {
        Instant now = desk.clock.now();
        LoadView[] load = {before};
        List<Attended> attended = desk.database.writeWork(connection -> desk.homes.attend(
                connection,
                home,
                (found, ordered) -> {
                    Attended one = Custodian.attend(found, ordered, surroundings, load[0], now);
                    load[0] = one.load();
                    return one;
                },
                now));
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
