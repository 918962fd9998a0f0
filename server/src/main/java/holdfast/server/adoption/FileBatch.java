package holdfast.server.adoption;

import holdfast.catalog.CatalogFact.CopiesClaimed;
import holdfast.catalog.CollectionRow;
import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow;
import holdfast.catalog.FileRow.Belonging;
import holdfast.catalog.FileRow.DigestOrigin;
import holdfast.catalog.FileRow.Source;
import holdfast.catalog.FileRow.SourceState;
import holdfast.custody.InForce;
import holdfast.ingest.IngestFact.FilesRegistered;
import holdfast.journal.Fact;
import holdfast.judgement.Holding;
import holdfast.plan.Attributes;
import holdfast.plan.ClassRule;
import holdfast.server.adoption.AdoptedFile.AdoptedCopy;
import holdfast.server.sql.Marks;
import holdfast.server.sql.Marks.Marked;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a batch comes to, as the rows stand now. */
final class FileBatch {
    /** A file that is to be registered. */
    private record Fresh(AdoptedFile file, Attributes attributes, Optional<ClassRule> belongs) {
        FileRow row(Instant mention) {
            return new FileRow(
                    file.id(),
                    file.size(),
                    file.digests(),
                    DigestOrigin.SOURCE,
                    belongs.map(b -> new Belonging(b.id(), b.level())),
                    attributes,
                    mention,
                    new Source(file.account(), SourceState.UNKNOWN),
                    false,
                    false);
        }
    }

    private final AdoptedFiles.Desk desk;
    private final InForce plan;
    private final Instant now;
    private final List<Conflict> conflicts;
    private final List<Fresh> fresh = new ArrayList<>();
    private final List<CopyRow> ofFresh = new ArrayList<>();
    private final List<CopyRow> more = new ArrayList<>();
    private final Map<StorageName, Map<Character, List<Marked>>> said = new HashMap<>();
    private long known;
    private long knownCopies;
    private long left;

    FileBatch(AdoptedFiles.Desk desk, InForce plan, Instant now, FileReading reading) {
        this.desk = desk;
        this.plan = plan;
        this.now = now;
        this.conflicts = new ArrayList<>(reading.conflicts());
        this.left = reading.left();
    }

    void sort(Map<DataId, Holding> holdings, Map<DataId, CollectionRow> collections, List<AdoptedFile> files) {
        for (AdoptedFile file : files) {
            CollectionRow collection = collections.get(file.id());
            Holding holding = holdings.getOrDefault(file.id(), Holding.unknown(file.id()));
            if (collection != null) {
                leave(file, "type", collection.kind().name(), "FILE");
            } else if (holding.file().isPresent()) {
                compare(file, holding.file().get(), holding.copies());
            } else {
                begin(file);
            }
        }
    }

    private void leave(AdoptedFile file, String what, String here, String there) {
        left += file.copies().size();
        conflicts.add(Conflict.of(file.id(), what, here, there));
    }

    private void begin(AdoptedFile file) {
        Attributes attributes = plan.plan().attributesOf(file.id(), file.attributes());
        Optional<ClassRule> belongs = plan.plan().classify(file.id(), attributes);
        if (file.size().bytes() == 0 && belongs.filter(c -> !c.zeroBytes()).isPresent()) {
            leave(file, "bytes", "class " + belongs.get().id() + " of the plan allows no file without bytes", "0");
            return;
        }
        fresh.add(new Fresh(file, attributes, belongs));
        file.copies().forEach(copy -> ofFresh.add(claimed(file, copy)));
    }

    private void compare(AdoptedFile file, FileRow row, List<CopyRow> copies) {
        boolean same = true;
        if (!row.size().equals(file.size())) {
            conflicts.add(Conflict.of(file.id(), "bytes", "" + row.size(), "" + file.size()));
            same = false;
        }
        for (Algorithm algorithm : row.digests().differing(file.digests())) {
            conflicts.add(Conflict.of(
                    file.id(),
                    algorithm.name().toLowerCase(Locale.ROOT),
                    row.digests().by(algorithm).orElseThrow().hex(),
                    file.digests().by(algorithm).orElseThrow().hex()));
            same = false;
        }
        if (!same) {
            left += file.copies().size();
            return;
        }
        known++;
        for (AdoptedCopy copy : file.copies()) {
            boolean there =
                    copies.stream().anyMatch(c -> c.storage().equals(copy.at()) && c.state() != CopyState.RELEASED);
            if (there) {
                knownCopies++;
            } else {
                more.add(claimed(file, copy));
            }
        }
    }

    private CopyRow claimed(AdoptedFile file, AdoptedCopy copy) {
        if (copy.mark() != FileReading.NO_MARK) {
            said.computeIfAbsent(copy.at(), at -> new HashMap<>())
                    .computeIfAbsent(copy.mark(), mark -> new ArrayList<>())
                    .add(new Marked(file.key(), Optional.empty()));
        }
        return new CopyRow(
                file.id(),
                copy.at(),
                CopyState.CLAIMED,
                copy.path(),
                0,
                Optional.empty(),
                copy.since(),
                Optional.empty(),
                now,
                Optional.empty());
    }

    List<Fact> facts(Connection connection) throws SQLException {
        Marks marks = new Marks(desk.words());
        for (var at : said.entrySet()) {
            for (var one : at.getValue().entrySet()) {
                marks.put(
                        connection,
                        new Marks.Saying(
                                at.getKey(), one.getKey(), now, Optional.empty(), "root", Optional.of("adopted so")),
                        one.getValue());
            }
        }
        List<Fact> facts = new ArrayList<>();
        if (!fresh.isEmpty()) {
            facts.add(new FilesRegistered(rows(connection), ofFresh));
        }
        if (!more.isEmpty()) {
            facts.add(new CopiesClaimed(more));
        }
        return facts;
    }

    /** Files of a class are mentioned since their run was closed, where the register says when. */
    private List<FileRow> rows(Connection connection) throws SQLException {
        List<NameKey> keys = fresh.stream().map(f -> f.file.key()).toList();
        Map<NameKey, Instant> closed = desk.holdings().closedRuns(connection, keys);
        return fresh.stream()
                .map(f -> f.row(closed.getOrDefault(f.file.key(), f.file.since())))
                .toList();
    }

    AdoptedFiles.Taken taken() {
        return new AdoptedFiles.Taken(
                new Counted(fresh.size(), known),
                new AdoptedFiles.Taken.Copies(ofFresh.size() + more.size(), knownCopies, left),
                conflicts);
    }
}
