package holdfast.evidence;

import holdfast.access.Audiences;
import holdfast.access.Audiences.Wish;
import holdfast.access.Viewer;
import holdfast.catalog.CatalogFact;
import holdfast.catalog.CopyRow;
import holdfast.catalog.FileRow;
import holdfast.fixity.FixityFact;
import holdfast.fixity.Outcome;
import holdfast.ingest.IngestFact;
import holdfast.journal.BadEntry;
import holdfast.journal.Entry;
import holdfast.journal.Fact;
import holdfast.placement.PlacementFact;
import holdfast.plan.Plan;
import holdfast.plan.PlanFact;
import holdfast.registry.RegistryFact;
import holdfast.retention.Hold;
import holdfast.retention.RetentionFact;
import holdfast.storage.Condition;
import holdfast.storage.StorageFact;
import holdfast.transfer.TransferFact;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.Readership;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import holdfast.vocabulary.Visible;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What of the journal some readers may know (decision 0027): a pure function of one entry. What is not named here as shown is
 * left out, so that the journal with hidden objects gives what it would give without them. Ids and seeds are made anew from the
 * entry's own seed, which never leaves the house: the same entry gives the same for ever, and nobody can tell by it which
 * entry of the journal, or of another projection, it is.
 */
public final class Projection {
    /** Who did something, and where a file came from, is of people. */
    private static final String WITHHELD = "withheld";

    private static final StoragePath NO_PATH = new StoragePath(WITHHELD);
    private static final UUID NO_ACT = new UUID(0, 0);
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT = 0x8000000000000000L;

    private final Readership readers;
    private final Visible visible;

    public Projection(Readership readers, Visible visible) {
        this.readers = readers;
        this.visible = visible;
    }

    /** What these readers may know where this plan holds. */
    public static Projection of(Readership readers, Plan plan) {
        Audiences audiences = new Audiences(plan);
        return new Projection(
                readers,
                switch (readers) {
                    case PUBLIC -> open(audiences);
                    case MEMBERS -> audiences.visible(new Viewer.Member(Set.of()));
                });
    }

    /** Objects that are public: strangers learn nothing of what they may know of and not read, not its digest either. */
    private static Visible open(Audiences audiences) {
        Map<Scope, Boolean> known = new ConcurrentHashMap<>();
        return new Visible.Only(scope -> known.computeIfAbsent(
                scope,
                one -> audiences.decide(new Viewer.Outsider(), Wish.READ, one).allowed()));
    }

    public Readership readers() {
        return readers;
    }

    /** An entry as these readers see it; empty where there is nothing for them. */
    public Optional<Entry> of(Entry entry) {
        return of(FactKinds.read(entry))
                .map(fact -> Entry.of(
                        fact, id(entry), entry.at(), new Actor(WITHHELD), new Entry.Seed(derived(entry, "seed"))));
    }

    /** A fact as these readers see it. Each kind has its word here; one that has none stops everything. */
    Optional<Fact> of(Fact fact) {
        return switch (fact) {
            case CatalogFact of -> catalog(of);
            case IngestFact of -> ingest(of);
            case TransferFact of -> transfer(of);
            case FixityFact of -> fixity(of);
            case RetentionFact of -> retention(of);
            case StorageFact of -> storage(of);
            case PlanFact of -> plan(of);
            // Rules, locks, documents and drills name accounts, people and what is hidden.
            case PlacementFact _, RegistryFact _, EvidenceFact _ -> Optional.empty();
            default -> throw new BadEntry("no projection of a fact of kind " + fact.kind());
        };
    }

    private Optional<Fact> catalog(CatalogFact fact) {
        return switch (fact) {
            case CatalogFact.FilesPlaced placed -> shown(files(placed.files())).map(CatalogFact.FilesPlaced::new);
            case CatalogFact.FilesDescribed said -> shown(files(said.files())).map(CatalogFact.FilesDescribed::new);
            case CatalogFact.CopiesClaimed claimed ->
                shown(copies(claimed.copies())).map(CatalogFact.CopiesClaimed::new);
            // Sums and content of a collection count what is hidden; its row names an account.
            case CatalogFact.CollectionsChanged _, CatalogFact.ContentChanged _, CatalogFact.ArchiveFilled _ ->
                Optional.empty();
        };
    }

    private Optional<Fact> ingest(IngestFact fact) {
        return switch (fact) {
            case IngestFact.FilesRegistered in -> {
                var seen = new IngestFact.FilesRegistered(files(in.files()), copies(in.copies()));
                yield isEmpty(seen.files(), seen.copies()) ? Optional.empty() : Optional.of(seen);
            }
            case IngestFact.BytesReturned in -> {
                var seen = new IngestFact.BytesReturned(files(in.files()), copies(in.copies()));
                yield isEmpty(seen.files(), seen.copies()) ? Optional.empty() : Optional.of(seen);
            }
            case IngestFact.SourceReleased may -> shown(files(may.files())).map(IngestFact.SourceReleased::new);
            // It names files that never came, and its numbers are of all.
            case IngestFact.RegisterImported _ -> Optional.empty();
        };
    }

    private Optional<Fact> transfer(TransferFact fact) {
        return switch (fact) {
            case TransferFact.CopiesArrived arrived -> {
                List<StorageName> sources = beside(arrived.copies(), arrived.sources());
                yield shown(copies(arrived.copies())).map(copies -> new TransferFact.CopiesArrived(copies, sources));
            }
        };
    }

    private Optional<Fact> fixity(FixityFact fact) {
        return switch (fact) {
            case FixityFact.CopiesInspected seen -> {
                List<Outcome> outcomes = beside(seen.copies(), seen.outcomes());
                yield shown(copies(seen.copies())).map(copies -> new FixityFact.CopiesInspected(copies, outcomes));
            }
        };
    }

    private Optional<Fact> retention(RetentionFact fact) {
        return switch (fact) {
            case RetentionFact.CopiesDecided decided ->
                shown(copies(decided.copies()))
                        .map(copies -> new RetentionFact.CopiesDecided(decided.decision(), copies));
            case RetentionFact.FilesDeclaredLost lost ->
                shown(files(lost.files())).map(RetentionFact.FilesDeclaredLost::new);
            case RetentionFact.HoldBegan began -> forMembers(new RetentionFact.HoldBegan(bare(began.hold())));
            case RetentionFact.HoldLifted _ -> forMembers(new RetentionFact.HoldLifted(NO_ACT));
            // Acts and signatures are of people; what an act was about may be hidden.
            case RetentionFact.ActChanged _,
                    RetentionFact.SignerNamed _,
                    RetentionFact.ReleaseRefused _,
                    RetentionFact.RemovalHanded _,
                    RetentionFact.Published _ -> Optional.empty();
        };
    }

    private Optional<Fact> storage(StorageFact fact) {
        return switch (fact) {
            case StorageFact.ConditionChanged changed ->
                forMembers(new StorageFact.ConditionChanged(
                        changed.cause(),
                        changed.conditions().stream().map(Projection::bare).toList()));
            // They count and name files of a class wherever they lie.
            case StorageFact.DoorsTried _, StorageFact.SamplesOpened _ -> Optional.empty();
        };
    }

    private Optional<Fact> plan(PlanFact fact) {
        return switch (fact) {
            // Members read plan, sites and policy anyway; others do not.
            case PlanFact.PlanAdopted adopted -> forMembers(adopted);
            // A reason is free text.
            case PlanFact.WaiverGranted _ -> Optional.empty();
        };
    }

    private Optional<Fact> forMembers(Fact fact) {
        return readers == Readership.MEMBERS ? Optional.of(fact) : Optional.empty();
    }

    private List<FileRow> files(List<FileRow> all) {
        return all.stream()
                .filter(file -> visible.allows(file.id()))
                .map(file -> file.from(WITHHELD))
                .toList();
    }

    private List<CopyRow> copies(List<CopyRow> all) {
        return all.stream().filter(this::isShown).map(this::bare).toList();
    }

    private boolean isShown(CopyRow copy) {
        return visible.allows(copy.id());
    }

    /** Where it lies within a site, and in what words a server refused it, is no matter of strangers. */
    private CopyRow bare(CopyRow copy) {
        return switch (readers) {
            case MEMBERS -> copy;
            case PUBLIC ->
                new CopyRow(
                        copy.id(),
                        copy.storage(),
                        copy.state(),
                        NO_PATH,
                        copy.writing(),
                        Optional.empty(),
                        copy.writtenAt(),
                        copy.proof(),
                        copy.since(),
                        Optional.empty());
        };
    }

    /** A listing counts everything that stands at an element. */
    private static Condition bare(Condition condition) {
        return new Condition(
                condition.element(),
                condition.silentSince(),
                condition.downtimes(),
                condition.lastDrill(),
                condition.failedDrills(),
                condition.workingDrives(),
                condition.suspectSince(),
                Optional.empty(),
                condition.scrub());
    }

    /** Its numbers are of the whole journal. */
    private static Hold bare(Hold hold) {
        return new Hold(hold.cause(), hold.since(), 0, Optional.empty(), WITHHELD);
    }

    /** What stands beside those copies that are shown. */
    private <T> List<T> beside(List<CopyRow> copies, List<T> each) {
        List<T> kept = new ArrayList<>(each.size());
        for (int i = 0; i < copies.size(); i++) {
            if (isShown(copies.get(i))) {
                kept.add(each.get(i));
            }
        }
        return kept;
    }

    private static <T> Optional<List<T>> shown(List<T> rows) {
        return Optional.of(rows).filter(Predicate.not(List::isEmpty));
    }

    private static boolean isEmpty(List<?> some, List<?> others) {
        return some.isEmpty() && others.isEmpty();
    }

    private UUID id(Entry entry) {
        ByteBuffer random = ByteBuffer.wrap(derived(entry, "id"));
        long high = random.getLong() & ~0xF000L | VERSION_4;
        long low = random.getLong() >>> 2 | VARIANT;
        return new UUID(high, low);
    }

    /** 32 bytes that nobody can tell from random ones who has not the entry's seed. */
    private byte[] derived(Entry entry, String what) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(entry.seed().bytes(), "HmacSHA256"));
            return mac.doFinal(
                    ("holdfast-projection 1 " + readers.word() + " " + what).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("this Java platform lacks HmacSHA256", e);
        }
    }
}
