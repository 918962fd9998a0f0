package holdfast.server.adoption;

import holdfast.catalog.CollectionRow;
import holdfast.custody.InForce;
import holdfast.judgement.Holding;
import holdfast.server.adoption.AdoptionJournal.Step;
import holdfast.server.catalog.Places;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.ChildTable;
import holdfast.server.sql.Holdings;
import holdfast.server.sql.SqlJournal;
import holdfast.server.sql.Words;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Takes files and copies of the other server over, as claims; what stands here with other bytes stays as it is. */
public final class AdoptedFiles {
    private final Desk desk;
    private final AdoptionJournal journal;
    private final ChildTable children;

    /**
     * What it works with.
     *
     * @param scopes whether a scope exists
     */
    public record Desk(
            Words words,
            SqlJournal journal,
            Holdings holdings,
            HouseClock clock,
            Supplier<InForce> inForce,
            Predicate<Scope> scopes,
            Places places) {}

    public AdoptedFiles(Desk desk) {
        this.desk = desk;
        this.journal = new AdoptionJournal(desk.journal);
        this.children = new ChildTable(desk.words);
    }

    /** What became of a batch. @param left copies that were not taken over: they are none, or a conflict says why */
    public record Taken(Counted files, Copies copies, List<Conflict> conflicts) {
        public record Copies(long registered, long known, long left) {}
    }

    /** One transaction; 409 where a scope is managed here. */
    public Taken take(List<FileSaid> said) {
        Instant now = desk.clock.now();
        InForce plan = desk.inForce.get();
        FileReading reading = new FileReading(plan.naming(), desk.scopes, desk.places, now);
        List<AdoptedFile> files = new ArrayList<>(said.size());
        for (FileSaid one : said) {
            reading.read(one).ifPresent(files::add);
        }
        files.sort(Comparator.comparing(AdoptedFile::key));
        refuseTwice(files);
        return journal.append(
                said.stream().map(FileSaid::scope).distinct().map(Scope::new).toList(), connection -> {
                    FileBatch batch = new FileBatch(desk, plan, now, reading);
                    batch.sort(known(connection, files), collections(connection, files), files);
                    return new Step<>(batch.facts(connection), batch.taken());
                });
    }

    private static void refuseTwice(List<AdoptedFile> sorted) {
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).key().equals(sorted.get(i - 1).key())) {
                throw new IllegalArgumentException(
                        sorted.get(i).id() + " stands twice in this batch; give it once, with all its copies");
            }
        }
    }

    private Map<DataId, Holding> known(Connection connection, List<AdoptedFile> files) throws SQLException {
        return desk.holdings.lock(
                connection, files.stream().map(AdoptedFile::key).toList());
    }

    private Map<DataId, CollectionRow> collections(Connection connection, List<AdoptedFile> files) throws SQLException {
        Map<DataId, CollectionRow> found = new HashMap<>();
        children.collections(connection, 0, files.stream().map(AdoptedFile::id).toList())
                .forEach((id, child) -> found.put(id, child.collection().row()));
        return found;
    }
}
