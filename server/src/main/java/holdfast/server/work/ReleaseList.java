package holdfast.server.work;

import holdfast.catalog.FileRow;
import holdfast.catalog.FileRow.SourceState;
import holdfast.ingest.IngestFact.SourceReleased;
import holdfast.journal.Journal.Appended;
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
import holdfast.server.sql.ObservedScopes;
import holdfast.server.sql.SqlJournal;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

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
        Set<Scope> observed = database.read(ObservedScopes::in);
        for (long home : database.read(homes::all)) {
            database.read(connection -> holdings.home(connection, home)).stream()
                    .filter(h ->
                            h.file().map(f -> f.source().name().equals(source)).orElse(false))
                    .map(h -> observed.contains(h.id().scope()) ? observed(h) : item(h, surroundings, now))
                    .forEach(items::add);
        }
        items.sort(java.util.Comparator.comparing(i -> i.file().id()));
        return new Listed(source, now, items);
    }

    /**
     * Records that the source was told it may delete these files, and answers the list that it may be told: each file is
     * judged once more under its lock, for between the judgement and the record days may have passed. Where it is not known
     * whether it was recorded, nothing may go.
     */
    public Listed record(Listed listed, Supplier<Surroundings> surroundings) {
        List<NameKey> going = listed.items().stream()
                .filter(i -> i.keep.isEmpty())
                .map(i -> i.file.id().key())
                .toList();
        if (going.isEmpty()) {
            return listed;
        }
        Map<DataId, Item> now = new HashMap<>();
        Instant[] at = {listed.at()};
        Appended appended = journal.append(INTAKE, connection -> {
            now.clear();
            at[0] = clock.now();
            Surroundings here = surroundings.get();
            for (Holding holding : holdings.lock(connection, going).values()) {
                now.put(holding.id(), item(holding, here, at[0]));
            }
            List<FileRow> rows = now.values().stream()
                    .filter(i -> i.keep.isEmpty() && i.file.source().state() == SourceState.HELD)
                    .map(i -> i.file.withSource(SourceState.MAY_GO))
                    .toList();
            return rows.isEmpty() ? Optional.empty() : Optional.of(new SourceReleased(rows));
        });
        boolean unknown = appended instanceof Appended.Unknown;
        return new Listed(
                listed.source(),
                at[0],
                listed.items().stream()
                        .map(i -> i.keep.isPresent() ? i : unknown ? unknown(i) : now.getOrDefault(i.file.id(), i))
                        .toList());
    }

    private static Item observed(Holding holding) {
        return new Item(
                holding.file().orElseThrow(),
                Optional.of("scope " + holding.id().scope()
                        + " is observed: another server manages it, and this house answers for none of its copies"));
    }

    private static Item unknown(Item item) {
        return new Item(item.file, Optional.of("it is not known whether this list was recorded; ask for it again"));
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
