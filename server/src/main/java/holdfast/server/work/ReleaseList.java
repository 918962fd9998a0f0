package holdfast.server.work;

import holdfast.catalog.FileRow;
import holdfast.catalog.FileRow.SourceState;
import holdfast.ingest.IngestFact.SourceReleased;
import holdfast.judgement.Answer;
import holdfast.judgement.Holding;
import holdfast.judgement.Judge;
import holdfast.judgement.Surroundings;
import holdfast.judgement.Verdict;
import holdfast.plan.Duty;
import holdfast.plan.Obligation;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Database;
import holdfast.server.sql.Holdings;
import holdfast.server.sql.Homes;
import holdfast.server.sql.SqlJournal;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which files of a source may now be deleted there: those whose duties of placement are all met by counting copies, with
 * the digest that the source stated or sent; and every other file with its reason (P-23: the buffer goes last).
 */
public final class ReleaseList {
    private static final Actor INTAKE = new Actor("intake");

    private final Database database;
    private final Homes homes;
    private final Holdings holdings;
    private final SqlJournal journal;
    private final HouseClock clock;

    public ReleaseList(Database database, Homes homes, Holdings holdings, SqlJournal journal, HouseClock clock) {
        this.database = database;
        this.homes = homes;
        this.holdings = holdings;
        this.journal = journal;
        this.clock = clock;
    }

    /** One line of the list; without a reason to keep it, the source may delete the file. */
    public record Item(FileRow file, Optional<String> keep) {}

    /** The list of a source at a moment, by name. */
    public record Listed(String source, Instant at, List<Item> items) {

        /** The list as text, the part that is signed: one file a line, fields joined by tabs. */
        public String text() {
            StringBuilder text = new StringBuilder("holdfast-release-list 1\nsource %s\nat %s\n".formatted(source, at));
            for (Item item : items) {
                String digest = item.file.digests().sha256().map(Digest::hex).orElse("no sha256");
                text.append(item.keep.isPresent() ? "keep" : "may-delete")
                        .append('\t')
                        .append(digest)
                        .append('\t')
                        .append(item.file.size())
                        .append('\t')
                        .append(item.file.id())
                        .append(item.keep.map(why -> "\t" + why).orElse(""))
                        .append('\n');
            }
            return text.toString();
        }
    }

    /** Judges every file of a source; nothing is recorded. */
    public Listed list(String source, Surroundings surroundings) {
        Instant now = clock.now();
        List<Item> items = new ArrayList<>();
        for (long home : database.read(homes::all)) {
            database.read(connection -> holdings.home(connection, home)).stream()
                    .filter(h ->
                            h.file().map(f -> f.source().name().equals(source)).orElse(false))
                    .map(h -> item(h, surroundings, now))
                    .forEach(items::add);
        }
        items.sort(java.util.Comparator.comparing(i -> i.file().id()));
        return new Listed(source, now, items);
    }

    /** Records that the source was told it may delete these files. */
    public void record(Listed listed) {
        List<FileRow> going = listed.items().stream()
                .filter(i -> i.keep.isEmpty() && i.file.source().state() == SourceState.HELD)
                .map(Item::file)
                .toList();
        if (!going.isEmpty()) {
            journal.append(INTAKE, connection -> {
                var locked = holdings.lock(
                        connection, going.stream().map(f -> f.id().key()).toList());
                List<FileRow> rows = locked.values().stream()
                        .flatMap(h -> h.file().stream())
                        .map(f -> f.withSource(SourceState.MAY_GO))
                        .toList();
                return rows.isEmpty() ? Optional.empty() : Optional.of(new SourceReleased(rows));
            });
        }
    }

    private static Item item(Holding holding, Surroundings surroundings, Instant now) {
        FileRow file = holding.file().orElseThrow();
        List<Obligation> duties = file.belongs().stream()
                .flatMap(b -> surroundings.plan().about(b.classId()).stream())
                .flatMap(c -> c.must().stream())
                .map(Duty::obligation)
                .filter(Obligation::places)
                .toList();
        if (duties.isEmpty()) {
            return new Item(file, Optional.of("no clause of the plan asks for copies of it; nothing says it is kept"));
        }
        Optional<Answer> unmet = duties.stream()
                .map(d -> Judge.judge(d, holding, surroundings, now))
                .filter(a -> a.verdict() != Verdict.MET)
                .findFirst();
        return new Item(
                file,
                unmet.map(a -> a.reasons().isEmpty()
                        ? "its copies are not all proved yet"
                        : a.reasons().getFirst().text()));
    }
}
