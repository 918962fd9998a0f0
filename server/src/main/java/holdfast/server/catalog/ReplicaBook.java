package holdfast.server.catalog;

import holdfast.catalog.CatalogFact.CopiesClaimed;
import holdfast.catalog.CatalogFact.FilesDescribed;
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
import holdfast.journal.Journal.Appended;
import holdfast.judgement.Holding;
import holdfast.plan.Attributes;
import holdfast.plan.ClassRule;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.ArchiveTable;
import holdfast.server.sql.Database;
import holdfast.server.sql.Holdings;
import holdfast.server.sql.Marks;
import holdfast.server.sql.Marks.Marked;
import holdfast.server.sql.SqlJournal;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.Visible;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Writes down what clients say of files and of where copies lie. New names become files, copies at new places are claimed;
 * a name keeps its bytes for ever. All of a call or nothing.
 */
final class ReplicaBook {
    /** How long an upload may take before its copy is forgotten. */
    private static final Duration UPLOAD = Duration.ofDays(1);

    private static final int TRIES = 3;
    private static final int UNAVAILABLE = 503;

    private final Desk desk;
    private final Supplier<InForce> inForce;

    /** What it works with. */
    record Desk(
            Database database,
            Holdings holdings,
            Marks marks,
            ArchiveTable archives,
            SqlJournal journal,
            HouseClock clock) {}

    ReplicaBook(Desk desk, Supplier<InForce> inForce) {
        this.desk = desk;
        this.inForce = inForce;
    }

    /** Registers what is new of these claims at one element, whose names and paths were looked at before. */
    void add(AccountName issuer, ReplicaPlace place, List<LocatedClaim> claims) {
        Call call = new Call(issuer, place, LocatedClaim.sorted(claims), inForce.get());
        boolean fresh = !isKnown(call.claims.getFirst(), call.claims.getLast());
        if (!fresh || !done(desk.journal.append(call.actor(), connection -> Optional.of(asNew(connection, call))))) {
            compare(call);
        }
    }

    /** Refuses what {@link #add} would refuse of what is known now. */
    void rehearse(AccountName issuer, ReplicaPlace place, List<LocatedClaim> claims) {
        Call call = new Call(issuer, place, LocatedClaim.sorted(claims), inForce.get());
        Map<DataId, FileRow> known = new HashMap<>();
        desk.database
                .read(connection -> desk.holdings.of(connection, call.keys()))
                .forEach(h -> h.file().ifPresent(f -> known.put(h.id(), f)));
        for (LocatedClaim claim : call.claims) {
            FileRow file = known.get(claim.id());
            if (file == null) {
                row(claim, call, desk.clock.now());
            } else {
                refuseOtherBytes(file, claim);
            }
        }
    }

    /** One call: everything in it is about one element and one moment. */
    private record Call(AccountName issuer, ReplicaPlace place, List<LocatedClaim> claims, InForce inForce) {
        Actor actor() {
            return new Actor(issuer.name());
        }

        List<NameKey> keys() {
            return claims.stream().map(LocatedClaim::key).toList();
        }
    }

    /** Whether one of two names is there: a call that repeats another nearly always shows it. */
    private boolean isKnown(LocatedClaim one, LocatedClaim other) {
        return desk.database.read(connection ->
                !desk.holdings.of(connection, List.of(one.key(), other.key())).isEmpty());
    }

    private static boolean done(Appended appended) {
        return switch (appended) {
            case Appended.Done _ -> true;
            case Appended.Refused _ -> false;
            case Appended.Unknown unknown ->
                throw RucioError.of(
                        UNAVAILABLE,
                        "DatabaseException",
                        "not known whether it was registered (" + unknown.why() + "); send it again");
        };
    }

    /** Some names are there already, or came in meanwhile: each is compared under its lock. */
    private void compare(Call call) {
        for (int i = 0; i < TRIES; i++) {
            boolean[] nothing = {false};
            Appended appended = desk.journal.appendAll(call.actor(), connection -> {
                List<Fact> facts = facts(connection, call);
                nothing[0] = facts.isEmpty();
                return facts;
            });
            if (nothing[0] || done(appended)) {
                return;
            }
        }
        throw RucioError.conflict(
                "DataIdentifierAlreadyExists",
                "one of these names is a collection's, or others register them just now; look and send the rest again");
    }

    private Fact asNew(Connection connection, Call call) throws SQLException {
        mark(connection, call, call.claims);
        return registered(connection, call, call.claims);
    }

    private List<Fact> facts(Connection connection, Call call) throws SQLException {
        Map<DataId, Holding> known = desk.holdings.lock(connection, call.keys());
        List<LocatedClaim> fresh = new ArrayList<>();
        List<LocatedClaim> more = new ArrayList<>();
        List<FileRow> unpacked = new ArrayList<>();
        for (LocatedClaim claim : call.claims) {
            Holding holding = known.getOrDefault(claim.id(), Holding.unknown(claim.id()));
            holding.file().ifPresent(file -> refuseOtherBytes(file, claim));
            if (holding.file().isEmpty()) {
                fresh.add(claim);
            } else if (!isThere(holding, call.place)) {
                more.add(claim);
                classed(connection, call, holding).ifPresent(unpacked::add);
            }
        }
        mark(connection, call, Stream.concat(fresh.stream(), more.stream()).toList());
        // An upload that was under way there is over.
        List<NameKey> ended = more.stream()
                .filter(c -> c.said().state() == ReplicaState.AVAILABLE)
                .map(LocatedClaim::key)
                .toList();
        if (!ended.isEmpty()) {
            desk.marks.take(connection, call.place.name(), ended);
        }
        List<Fact> facts = new ArrayList<>();
        if (!fresh.isEmpty()) {
            facts.add(registered(connection, call, fresh));
        }
        if (!unpacked.isEmpty()) {
            facts.add(new FilesDescribed(unpacked));
        }
        List<CopyRow> copies = copies(more, call.place, desk.clock.now());
        if (!copies.isEmpty()) {
            facts.add(new CopiesClaimed(copies));
        }
        return facts;
    }

    /** A file that was only known to lie within an archive becomes one of its class with its first own copy. */
    private Optional<FileRow> classed(Connection connection, Call call, Holding known) throws SQLException {
        Optional<FileRow> unclassed =
                known.file().filter(f -> f.belongs().isEmpty() && known.copies().isEmpty());
        Optional<Belonging> belongs = unclassed
                .flatMap(f -> call.inForce.plan().classify(f.id(), f.attributes()))
                .map(rule -> new Belonging(rule.id(), rule.level()));
        boolean packed = belongs.isPresent() && isPacked(connection, known.id());
        return packed ? unclassed.map(f -> f.joins(belongs.get(), desk.clock.now())) : Optional.empty();
    }

    private boolean isPacked(Connection connection, DataId id) throws SQLException {
        return desk.archives
                .roles(connection, List.of(id), Visible.EVERYTHING)
                .getOrDefault(id, ArchiveTable.Role.NONE)
                .constituent();
    }

    private static boolean isThere(Holding known, ReplicaPlace place) {
        return known.copies().stream()
                .anyMatch(c -> c.storage().equals(place.name()) && c.state() != CopyState.RELEASED);
    }

    private static void refuseOtherBytes(FileRow known, LocatedClaim claim) {
        boolean same = known.size().equals(claim.said().size())
                && known.digests().differing(claim.said().stated()).isEmpty();
        if (!same) {
            throw RucioError.of(
                    412,
                    "FileConsistencyMismatch",
                    "%s is registered with other bytes (%s bytes, %s); a name keeps its bytes for ever, use another"
                            .formatted(known.id(), known.size(), Told.digests(known.digests())));
        }
    }

    /** What is said of copies that do not stand yet, or not as they should. */
    private void mark(Connection connection, Call call, List<LocatedClaim> claims) throws SQLException {
        Instant now = desk.clock.now();
        for (ReplicaState state : ReplicaState.values()) {
            List<Marked> marked = claims.stream()
                    .filter(c -> c.said().state() == state)
                    .map(c -> new Marked(c.key(), Optional.of(c.path().path())))
                    .toList();
            if (state != ReplicaState.AVAILABLE && !marked.isEmpty()) {
                Optional<Instant> until =
                        state == ReplicaState.COPYING ? Optional.of(now.plus(UPLOAD)) : Optional.empty();
                Marks.Saying saying = new Marks.Saying(
                        call.place.name(), state.letter(), now, until, call.issuer.name(), Optional.empty());
                desk.marks.put(connection, saying, marked);
            }
        }
    }

    private FilesRegistered registered(Connection connection, Call call, List<LocatedClaim> fresh) throws SQLException {
        Instant now = desk.clock.now();
        List<FileRow> files = new ArrayList<>(fresh.size());
        for (LocatedClaim claim : fresh) {
            files.add(row(claim, call, now));
        }
        List<FileRow> dated = dated(connection, files);
        return new FilesRegistered(dated, copies(fresh, call.place, now));
    }

    private static FileRow row(LocatedClaim claim, Call call, Instant now) {
        Attributes attributes =
                call.inForce.plan().attributesOf(claim.id(), claim.said().meta());
        Optional<ClassRule> belongs = call.inForce.plan().classify(claim.id(), attributes);
        if (claim.said().size().bytes() == 0
                && belongs.filter(rule -> !rule.zeroBytes()).isPresent()) {
            throw RucioError.invalid("%s has no bytes, and class %s of the plan allows none such"
                    .formatted(claim.id(), belongs.get().id()));
        }
        return new FileRow(
                claim.id(),
                claim.said().size(),
                claim.said().stated(),
                DigestOrigin.SOURCE,
                belongs.map(b -> new Belonging(b.id(), b.level())),
                attributes,
                now,
                new Source(call.issuer.name(), SourceState.UNKNOWN),
                false,
                false);
    }

    /** Files of a class are mentioned since their run was closed, where the register says when. */
    private List<FileRow> dated(Connection connection, List<FileRow> files) throws SQLException {
        List<NameKey> ofClasses = files.stream()
                .filter(f -> f.belongs().isPresent())
                .map(f -> f.id().key())
                .toList();
        Map<NameKey, Instant> closed = ofClasses.isEmpty() ? Map.of() : desk.holdings.closedRuns(connection, ofClasses);
        return closed.isEmpty()
                ? files
                : files.stream()
                        .map(f -> Optional.ofNullable(closed.get(f.id().key()))
                                .map(f::mentioned)
                                .orElse(f))
                        .toList();
    }

    /** An upload under way has no copy yet. */
    private static List<CopyRow> copies(List<LocatedClaim> claims, ReplicaPlace place, Instant now) {
        List<CopyRow> copies = new ArrayList<>(claims.size());
        for (LocatedClaim claim : claims) {
            if (claim.said().state() != ReplicaState.COPYING) {
                copies.add(Told.claimed(claim.id(), place.name(), claim.path(), now));
            }
        }
        return copies;
    }
}
