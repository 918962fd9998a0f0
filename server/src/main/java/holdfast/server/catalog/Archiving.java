package holdfast.server.catalog;

import static holdfast.server.catalog.Attaching.unsupported;

import holdfast.catalog.CatalogFact.ArchiveFilled;
import holdfast.catalog.FileRow;
import holdfast.catalog.FileRow.Belonging;
import holdfast.catalog.FileRow.DigestOrigin;
import holdfast.catalog.FileRow.Source;
import holdfast.catalog.FileRow.SourceState;
import holdfast.ingest.IngestFact.FilesRegistered;
import holdfast.journal.Fact;
import holdfast.plan.Attributes;
import holdfast.plan.ClassRule;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.catalog.Attachment.Child;
import holdfast.server.sql.ArchiveTable;
import holdfast.server.sql.ChildTable;
import holdfast.server.sql.ChildTable.FileChild;
import holdfast.server.sql.Holdings;
import holdfast.server.sql.NameTable;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digests;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides what is said to lie within a file that is an archive. A file that nobody registered before is registered so,
 * without a copy and without a class: what the plan asks is asked of the archive, which must be of the class that the file
 * would have had (decision 0019).
 */
final class Archiving {
    /** What the field's clients take for archives. */
    private static final Pattern FORM =
            Pattern.compile(".+\\.(zipx?|tar\\.gz|tgz|tar\\.z|tar\\.bz2|tbz2)(\\.[0-9]+)*", Pattern.CASE_INSENSITIVE);

    /** No dataset has this number. */
    private static final long NONE = -1;

    private final Collections.Desk desk;
    private final Holdings holdings;
    private final NameTable names;
    private final ChildTable children;
    private final ArchiveTable archives;

    Archiving(Collections.Desk desk) {
        this.desk = desk;
        this.holdings = new Holdings(desk.words());
        this.names = new NameTable(desk.words());
        this.children = new ChildTable(desk.words());
        this.archives = new ArchiveTable(desk.words());
    }

    boolean isFile(Connection connection, DataId id) throws SQLException {
        return children.files(connection, NONE, List.of(id)).containsKey(id);
    }

    /** What puts files into an archive that is there. */
    List<Fact> decide(Connection connection, Attachment wanted, Attaching.How how) throws SQLException {
        DataId id = wanted.parent();
        if (!FORM.matcher(id.name()).matches()) {
            throw unsupported("Data identifier '%s' is a file; only one whose name ends in %s holds files"
                    .formatted(id, "zip, zipx, tar.gz, tgz, tar.Z, tar.bz2 or tbz2"));
        }
        List<DataId> ids = wanted.children().stream().map(Child::id).toList();
        Map<DataId, FileChild> known = children.files(connection, NONE, ids);
        Set<DataId> in = archives.in(connection, id, ids);
        Set<DataId> put = new HashSet<>();
        List<Child> fresh = new ArrayList<>();
        for (Child child : wanted.children()) {
            if (child.id().equals(id)) {
                throw unsupported("Data identifier '%s' cannot be put into itself".formatted(id));
            }
            if (in.contains(child.id()) || !put.add(child.id())) {
                Attaching.refuse(how.duplicates(), "FileAlreadyExists", child.id(), id);
            } else if (known.containsKey(child.id())) {
                Attaching.compare(child, known.get(child.id()));
            } else {
                fresh.add(child);
            }
        }
        return facts(id, List.copyOf(put), rows(connection, id, fresh, how.by().account()));
    }

    private static List<Fact> facts(DataId archive, List<DataId> in, List<FileRow> fresh) {
        List<Fact> facts = new ArrayList<>();
        if (!fresh.isEmpty()) {
            facts.add(new FilesRegistered(fresh, List.of()));
        }
        if (!in.isEmpty()) {
            facts.add(new ArchiveFilled(archive, in));
        }
        return facts;
    }

    private List<FileRow> rows(Connection connection, DataId archive, List<Child> fresh, AccountName by)
            throws SQLException {
        if (fresh.isEmpty()) {
            return List.of();
        }
        List<DataId> taken =
                names.taken(connection, fresh.stream().map(Child::id).toList());
        if (!taken.isEmpty()) {
            throw unsupported("Data identifier %s is or was a collection and cannot be added to an archive"
                    .formatted(taken.getFirst()));
        }
        Optional<Belonging> belongs = holdings.of(connection, List.of(archive.key())).stream()
                .flatMap(h -> h.file().stream())
                .findFirst()
                .flatMap(FileRow::belongs);
        desk.modes().refuseObserved(fresh.stream().map(Child::id).toList());
        EntryByAct.refuse(
                desk.inForce().get().plan(), fresh.stream().map(Child::id).toList());
        NameCheck check = new NameCheck(desk.inForce().get().naming(), desk.scopes());
        List<FileRow> rows = new ArrayList<>(fresh.size());
        for (Child child : fresh) {
            check.check(child.id());
            rows.add(row(child, belongs, by));
        }
        return rows;
    }

    private FileRow row(Child child, Optional<Belonging> archive, AccountName by) {
        desk.conventions().check(child.meta());
        Attributes attributes = desk.inForce().get().plan().attributesOf(child.id(), child.meta());
        Optional<ClassRule> asked = desk.inForce().get().plan().classify(child.id(), attributes);
        if (asked.isPresent() && !asked.map(ClassRule::id).equals(archive.map(Belonging::classId))) {
            throw unsupported(
                    "%s would be of class %s, its archive is of %s: register it by itself first, or put it into %s"
                            .formatted(
                                    child.id(),
                                    asked.get().id(),
                                    archive.map(b -> "class " + b.classId()).orElse("no class"),
                                    "an archive of its own class"));
        }
        long bytes = child.bytes().orElseThrow(() -> RucioError.bad("KeyError", "'bytes' not defined"));
        if (bytes < 0) {
            throw RucioError.invalid("'bytes' must not be less than 0");
        }
        Digests stated = Digests.NONE;
        stated = child.adler32().isPresent() ? stated.with(child.adler32().get()) : stated;
        stated = child.md5().isPresent() ? stated.with(child.md5().get()) : stated;
        return new FileRow(
                child.id(),
                new ByteSize(bytes),
                stated,
                DigestOrigin.SOURCE,
                Optional.empty(),
                attributes,
                desk.clock().now(),
                new Source(by.name(), SourceState.UNKNOWN),
                false,
                false);
    }
}
