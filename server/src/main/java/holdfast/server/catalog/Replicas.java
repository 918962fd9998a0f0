package holdfast.server.catalog;

import holdfast.custody.InForce;
import holdfast.ingest.NamingPolicy;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.ArchiveTable;
import holdfast.server.sql.Database;
import holdfast.server.sql.DatasetReplicas;
import holdfast.server.sql.FileWithCopies;
import holdfast.server.sql.FilesWithCopies;
import holdfast.server.sql.Holdings;
import holdfast.server.sql.Marks;
import holdfast.server.sql.ReplicaTargets;
import holdfast.server.sql.SqlJournal;
import holdfast.server.sql.Words;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StoragePath;
import holdfast.vocabulary.Visible;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Copies as clients know them: said, listed, doubted. */
public final class Replicas {
    private static final int UNAVAILABLE = 503;

    private final Desk desk;
    private final Places places;
    private final ReplicaBook book;
    private final FilesWithCopies listed;
    private final ReplicaTargets targets;
    private final DatasetReplicas datasets;

    /** What it works with. */
    public record Desk(Database database, Words words, Holdings holdings, SqlJournal journal, HouseClock clock) {}

    /** Who says what holds now. */
    public record Ground(
            Supplier<InForce> inForce, Predicate<Scope> scopes, ScopeModes modes, MetaConventions conventions) {}

    private final Ground ground;

    public Replicas(Desk desk, Ground ground, Places places) {
        this.desk = desk;
        this.ground = ground;
        this.places = places;
        this.book = new ReplicaBook(
                new ReplicaBook.Desk(
                        desk.database,
                        desk.holdings,
                        new Marks(desk.words),
                        new ArchiveTable(desk.words),
                        desk.journal,
                        desk.clock),
                ground.inForce);
        this.listed = new FilesWithCopies(desk.words);
        this.datasets = new DatasetReplicas(desk.words);
        this.targets = new ReplicaTargets(desk.words);
    }

    public Places places() {
        return places;
    }

    /** Which files lie at addresses. */
    public CopyNames names() {
        return new CopyNames(desk, ground, places);
    }

    NamingPolicy naming() {
        return ground.inForce.get().naming();
    }

    /** Whether there is a scope, for whoever sees so much. */
    Predicate<Scope> scopes(Visible sees) {
        return sees.isWhole() ? ground.scopes : scope -> sees.allows(scope) && ground.scopes.test(scope);
    }

    /** 409 UnsupportedOperation where another server manages the scope of one of these names. */
    void refuseObserved(Collection<DataId> ids) {
        ground.modes.refuseObserved(ids);
    }

    Desk desk() {
        return desk;
    }

    /**
     * Registers files that are not known yet and claims their copies at one element; what is there already is left as it
     * is, and other bytes under a known name are refused.
     *
     * @param anyway also where the element takes no writes now
     */
    public void add(Writer issuer, String rse, List<ReplicaClaim> claims, boolean anyway) {
        ReplicaPlace place = places.must(rse);
        List<LocatedClaim> located = located(issuer, place, claims, anyway);
        if (!located.isEmpty()) {
            book.add(issuer.account(), place, located);
        }
    }

    /** Refuses what {@link #add} would refuse, and writes nothing: for calls that do more than that. */
    public void rehearse(Writer issuer, String rse, List<ReplicaClaim> claims, boolean anyway) {
        ReplicaPlace place = places.must(rse);
        List<LocatedClaim> located = located(issuer, place, claims, anyway);
        if (!located.isEmpty()) {
            book.rehearse(issuer.account(), place, located);
        }
    }

    private List<LocatedClaim> located(Writer issuer, ReplicaPlace place, List<ReplicaClaim> claims, boolean anyway) {
        String rse = place.name().name();
        if (place.rse().isVolatile()) {
            throw RucioError.conflict(
                    "UnsupportedOperation", "Cannot add replicas on volatile RSE " + rse + ": files may vanish there");
        }
        if (!place.rse().availability().write() && !anyway) {
            throw RucioError.of(
                    UNAVAILABLE, "ResourceTemporaryUnavailable", rse + " is temporary unavailable for writing");
        }
        List<DataId> ids = claims.stream().map(ReplicaClaim::id).toList();
        NameCheck.mustKnow(ids, issuer.sees());
        issuer.mustWrite(ids);
        refuseObserved(ids);
        EntryByAct.refuse(
                ground.inForce.get().plan(),
                EntryByAct.closed(ground.inForce.get().plan(), ids).stream()
                        .filter(id -> !isKnown(id, Visible.EVERYTHING))
                        .toList());
        NamingPolicy naming = ground.inForce.get().naming();
        List<LocatedClaim> located = new ArrayList<>(claims.size());
        NameCheck names = new NameCheck(naming, scopes(issuer.sees()));
        for (ReplicaClaim claim : claims) {
            names.check(claim.id());
            ground.conventions.check(claim.meta());
            located.add(new LocatedClaim(claim, claim.id().key(), path(place, claim)));
        }
        return located;
    }

    private static StoragePath path(ReplicaPlace place, ReplicaClaim claim) {
        Optional<StoragePath> byRule = place.path(claim.id());
        if (claim.pfn().isEmpty()) {
            return byRule.orElseThrow(() -> RucioError.conflict(
                    "UnsupportedOperation",
                    "PFN needed for this (non deterministic) RSE " + place.name() + ": " + claim.id()));
        }
        String pfn = claim.pfn().get();
        StoragePath within = place.pathOf(pfn).orElseThrow(() -> wrong(pfn, "it is no address of " + place.name()));
        if (byRule.isPresent() && !byRule.get().equals(within)) {
            throw wrong(pfn, "%s lies at %s by the rule of %s".formatted(claim.id(), byRule.get(), place.name()));
        }
        return within;
    }

    private static RucioError wrong(String pfn, String why) {
        return RucioError.bad("InvalidPath", "The pfn %s is not valid: %s".formatted(pfn, why));
    }

    /** Whether there is such a file or collection; in a hidden scope nothing is looked for. */
    public boolean isKnown(DataId id, Visible sees) {
        return sees.allows(id) && desk.database.read(connection -> targets.isKnown(connection, id));
    }

    /** Lists files with their copies as they are read; unknown names are passed over, and hidden ones too. */
    public void list(ReplicaQuery query, Visible sees, Consumer<ReplicaLine> out) {
        ReplicaListing listing = new ReplicaListing(query, places, desk.words);
        if (query.picked().files().isPresent()) {
            pick(
                    query,
                    sees,
                    query.picked().files().getAsInt(),
                    file -> listing.line(file).ifPresent(out));
        } else {
            read(query, sees, file -> listing.line(file).ifPresent(out));
        }
    }

    private void read(ReplicaQuery query, Visible sees, Consumer<FileWithCopies> out) {
        Consumer<FileWithCopies> only = new Shown(sees).onlyWithCopies(out);
        FilesWithCopies.With with = new FilesWithCopies.With(
                query.states().all(), query.beside().parents(), query.beside().archives(), desk.clock.now());
        desk.database.stream(connection -> {
            ReplicaTargets.Resolved resolved = targets.resolve(connection, shown(query.dids(), sees));
            listed.ofKeys(connection, resolved.files(), with, only);
            listed.ofDatasets(connection, resolved.datasets(), with, only);
            return Boolean.TRUE;
        });
    }

    private static List<DataId> shown(List<DataId> ids, Visible sees) {
        return sees.isWhole() ? ids : ids.stream().filter(sees::allows).toList();
    }

    /** How much of some collections' datasets is at each element; names of nothing are passed over. */
    public void ofDatasets(List<DataId> ids, Visible sees, Consumer<DatasetReplicas.Row> out) {
        desk.database.stream(connection -> {
            for (long dataset : targets.resolve(connection, shown(ids, sees)).datasets()) {
                datasets.of(connection, dataset, only(sees, out));
            }
            return Boolean.TRUE;
        });
    }

    /** Every dataset of which an element has something. */
    public void datasetsAt(ReplicaPlace place, Visible sees, Consumer<DatasetReplicas.Row> out) {
        desk.database.stream(connection -> {
            datasets.at(connection, place.name(), only(sees, out));
            return Boolean.TRUE;
        });
    }

    private static Consumer<DatasetReplicas.Row> only(Visible sees, Consumer<DatasetReplicas.Row> out) {
        return row -> {
            if (sees.allows(row.dataset())) {
                out.accept(row);
            }
        };
    }

    /** A fair choice in one pass. */
    private void pick(ReplicaQuery query, Visible sees, int wanted, Consumer<FileWithCopies> out) {
        List<FileWithCopies> chosen = new ArrayList<>();
        long[] seen = {0};
        read(query, sees, file -> {
            seen[0]++;
            if (chosen.size() < wanted) {
                chosen.add(file);
            } else {
                long place = ThreadLocalRandom.current().nextLong(seen[0]);
                if (place < wanted) {
                    chosen.set((int) place, file);
                }
            }
        });
        chosen.forEach(out);
    }
}
