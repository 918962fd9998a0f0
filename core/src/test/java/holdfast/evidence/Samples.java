package holdfast.evidence;

import holdfast.catalog.CatalogFact;
import holdfast.catalog.CollectionRow;
import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow;
import holdfast.fixity.FixityFact;
import holdfast.fixity.Outcome;
import holdfast.ingest.IngestFact;
import holdfast.ingest.Register;
import holdfast.journal.Entry;
import holdfast.journal.Fact;
import holdfast.placement.PlacementFact;
import holdfast.placement.Rule;
import holdfast.placement.RuleLock;
import holdfast.plan.Attributes;
import holdfast.plan.PlanFact;
import holdfast.plan.Waiver;
import holdfast.registry.Document;
import holdfast.registry.RegistryFact;
import holdfast.retention.Act;
import holdfast.retention.Hold;
import holdfast.retention.ReleaseGuard;
import holdfast.retention.RetentionFact;
import holdfast.retention.Selected;
import holdfast.retention.SignedAct;
import holdfast.retention.Signer;
import holdfast.retention.SiteRemoval;
import holdfast.storage.Condition;
import holdfast.storage.DoorProbe;
import holdfast.storage.Downtime;
import holdfast.storage.Locator;
import holdfast.storage.OpeningSample;
import holdfast.storage.ProofKind;
import holdfast.storage.StorageFact;
import holdfast.storage.StorageFact.ConditionChanged;
import holdfast.storage.Visitor;
import holdfast.transfer.TransferFact;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.LevelId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Facts of every kind, made by chance from a seed, with awkward text wherever text may stand. */
final class Samples {
    private static final List<String> TEXTS =
            List.of("", "\\-", "a\tb", "line\nfeed\r", "nul\0", "größe 日本 😀", "a;b=c%3D%25", "'\"", "\u2028");
    private static final Instant BASE = Instant.parse("2026-01-01T00:00:00Z");

    /** A public key of RFC 8410, section 10.1. */
    private static final Signer SIGNER =
            new Signer(new Actor("alice"), "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=");

    private final Random random;

    Samples(long seed) {
        random = new Random(seed);
    }

    /** One fact of every kind. */
    List<Fact> oneOfEach() {
        List<Fact> facts = new ArrayList<>();
        for (ConditionChanged.Cause cause : ConditionChanged.Cause.values()) {
            facts.add(new ConditionChanged(cause, list(this::condition)));
        }
        facts.add(new StorageFact.DoorsTried(list(this::door)));
        facts.add(new StorageFact.SamplesOpened(list(this::opening)));
        List<CopyRow> copies = list(this::copy);
        facts.add(new PlanFact.PlanAdopted(text(), sha256(), text(), text(), text()));
        facts.add(new PlanFact.WaiverGranted(waiver()));
        facts.add(new CatalogFact.FilesPlaced(list(this::file)));
        facts.add(new CatalogFact.FilesDescribed(list(this::file)));
        facts.add(new CatalogFact.CopiesClaimed(copies));
        facts.add(new CatalogFact.CollectionsChanged(list(this::collection)));
        for (CatalogFact.ContentChanged.Change change : CatalogFact.ContentChanged.Change.values()) {
            facts.add(new CatalogFact.ContentChanged(change, id(), list(this::id)));
        }
        facts.add(new CatalogFact.ArchiveFilled(id(), list(this::id)));
        facts.add(new PlacementFact.RulesChanged(list(this::rule)));
        for (PlacementFact.LocksChanged.Change change : PlacementFact.LocksChanged.Change.values()) {
            facts.add(new PlacementFact.LocksChanged(change, list(this::lock)));
        }
        facts.add(new RegistryFact.DocumentsChanged(list(() -> new RegistryFact.DocumentsChanged.Change(
                new Document.Name(one("account", "rse-limit"), text()), maybe(this::text)))));
        facts.add(new IngestFact.FilesRegistered(list(this::file), copies));
        facts.add(new IngestFact.BytesReturned(list(this::file), copies));
        facts.add(new IngestFact.SourceReleased(list(this::file)));
        facts.add(new RetentionFact.ReleaseRefused(id(), storage(), list(this::obstacle)));
        facts.add(new RetentionFact.RemovalHanded(
                new SiteRemoval.Handed(
                        new UUID(random.nextLong(), random.nextLong()),
                        id(),
                        storage(),
                        new StoragePath("raw/one.dat"),
                        new ByteSize(random.nextInt(99)),
                        time()),
                maybe(this::sha256)));
        facts.add(new RetentionFact.SignerNamed(SIGNER, random.nextBoolean()));
        for (RetentionFact.ActChanged.Step step : RetentionFact.ActChanged.Step.values()) {
            facts.add(new RetentionFact.ActChanged(step, act()));
        }
        facts.add(new RetentionFact.HoldBegan(new Hold(
                one(Hold.Cause.values()), time(), random.nextInt(99), maybe(() -> (long) random.nextInt(99)), text())));
        facts.add(new RetentionFact.HoldLifted(new UUID(random.nextLong(), random.nextLong())));
        for (RetentionFact.CopiesDecided.Decision decision : RetentionFact.CopiesDecided.Decision.values()) {
            facts.add(new RetentionFact.CopiesDecided(decision, copies));
        }
        facts.add(new RetentionFact.FilesDeclaredLost(list(this::file)));
        facts.add(new RetentionFact.Published(
                new UUID(random.nextLong(), random.nextLong()), List.of(selected("a"), selected("b"))));
        facts.add(new EvidenceFact.RestoreDrilled(
                time(), random.nextInt(99), maybe(this::sha256), random.nextInt(99), list(this::text)));
        facts.add(new IngestFact.RegisterImported(register()));
        facts.add(new TransferFact.CopiesArrived(
                copies, copies.stream().map(c -> storage()).toList()));
        facts.add(new FixityFact.CopiesInspected(
                copies, copies.stream().map(c -> one(Outcome.values())).toList()));
        return facts;
    }

    private SignedAct act() {
        List<DataId> files = list(this::id);
        Act act = one(
                new Act.ReleaseCopies(storage(), files),
                new Act.LiftHold(),
                new Act.ClearSuspicion(storage(), random.nextBoolean()),
                new Act.DeclareLost(files),
                new Act.CartridgeLost(storage(), text(), files),
                new Act.AdoptPlan(new PlanFact.PlanAdopted(text(), sha256(), text(), text(), text())),
                new Act.Publish(maybe(this::time), List.of(selected("b"), selected("a"))),
                new Act.ManageScope(
                        id().scope(),
                        new Act.Compared(
                                sha256(),
                                random.nextInt(99),
                                random.nextInt(99),
                                random.nextInt(99),
                                random.nextInt(99))));
        UUID id = new UUID(random.nextLong(), random.nextLong());
        SignedAct proposed =
                SignedAct.proposed(id, act, "because " + text(), new SignedAct.Proposal(new Actor("proposer"), time()));
        return random.nextBoolean()
                ? proposed
                : proposed.signed(
                        List.of(),
                        new SignedAct.Signature(new Actor("alice"), time(), "c2lnbmF0dXJl"),
                        proposed.act().needed() == 1);
    }

    private Selected selected(String name) {
        return new Selected(id(), new DataId(new Scope("open"), name + id().name()), sha256());
    }

    Entry entry(Fact fact) {
        byte[] seed = new byte[Entry.Seed.LENGTH];
        random.nextBytes(seed);
        UUID id = new UUID(random.nextLong(), random.nextLong());
        return Entry.of(fact, id, time(), new Actor("sampler"), new Entry.Seed(seed));
    }

    private CollectionRow collection() {
        CollectionRow.Times times = new CollectionRow.Times(time(), time(), maybe(this::time), maybe(this::time));
        return new CollectionRow(
                id(),
                one(CollectionRow.Kind.values()),
                new AccountName("root"),
                random.nextBoolean(),
                random.nextBoolean(),
                times,
                maybe(() -> new CollectionRow.Extent(random.nextInt(99), random.nextLong() >>> 1)),
                text(),
                random.nextBoolean());
    }

    private Rule rule() {
        return new Rule(
                new UUID(random.nextLong(), random.nextLong()),
                new Rule.Target(id(), one(Rule.Target.Kind.values())),
                new Rule.Wish(
                        1 + random.nextInt(3),
                        text(),
                        one(Rule.Grouping.values()),
                        maybe(this::text),
                        maybe(this::text)),
                new Rule.Hold(new AccountName("root"), random.nextBoolean(), 3, time(), time(), maybe(this::time)),
                maybe(() -> one(Rule.Pause.values())),
                text(),
                random.nextBoolean());
    }

    private RuleLock lock() {
        UUID rule = new UUID(random.nextLong(), random.nextLong());
        return new RuleLock(rule, id(), one(RuleLock.Holds.values()), storage());
    }

    FileRow file() {
        Optional<FileRow.Belonging> belongs =
                maybe(() -> new FileRow.Belonging(new ClassId("raw"), new LevelId(1 + random.nextInt(6))));
        Digests digests = Stream.of(sha256(), Digest.of(Digest.Algorithm.MD5, bytes(16)))
                .filter(d -> random.nextBoolean())
                .reduce(Digests.NONE, Digests::with, (a, b) -> b);
        return new FileRow(
                id(),
                new ByteSize(random.nextLong() >>> 1),
                digests,
                one(FileRow.DigestOrigin.values()),
                belongs,
                attributes(),
                time(),
                new FileRow.Source(text(), one(FileRow.SourceState.values())),
                random.nextBoolean(),
                random.nextBoolean());
    }

    CopyRow copy() {
        DataId id = id();
        int writing = random.nextInt(3);
        return new CopyRow(
                id,
                storage(),
                one(CopyState.values()),
                new StoragePath("p/" + id.name().replace("/", "_")),
                writing,
                maybe(() -> new Locator(text())),
                time(),
                maybe(() -> new CopyRow.Proof(time(), one(ProofKind.values()), random.nextBoolean())),
                time(),
                maybe(this::text));
    }

    Register register() {
        return new Register(
                text(),
                time(),
                Stream.of(1, 2, 3)
                        .map(n -> new Register.Run(
                                new Register.RunKey("exp" + random.nextInt(2), "run" + n),
                                text(),
                                maybe(this::time),
                                list(this::expected)))
                        .toList());
    }

    private Register.Expected expected() {
        return new Register.Expected(
                id(), maybe(() -> new ByteSize(random.nextInt(99))), maybe(() -> (long) random.nextInt()));
    }

    private Condition condition() {
        return new Condition(
                storage(),
                maybe(this::time),
                list(() -> new Downtime(new SiteName("LAB"), BASE, BASE.plusSeconds(1 + random.nextInt(99)), text())),
                maybe(this::time),
                random.nextInt(3),
                maybe(() -> random.nextInt(9)),
                maybe(this::time),
                maybe(() -> new Condition.Listing(time(), random.nextInt(9), 1, 2, 3)),
                maybe(() -> new Condition.Scrub(time(), random.nextBoolean())));
    }

    private DoorProbe door() {
        List<DoorProbe.Trial> trials = Stream.of(Visitor.values())
                .map(v -> new DoorProbe.Trial(v, random.nextInt(5), random.nextInt(5), maybe(this::text)))
                .toList();
        List<DoorProbe.OpenDoor> open = random.nextBoolean()
                ? List.of()
                : list(() -> new DoorProbe.OpenDoor(
                        one(Visitor.values()), new StoragePath("p/größe ;=%C3"), time(), text()));
        DoorProbe.Key key = new DoorProbe.Key(storage(), new ClassId(one("raw", "derived")));
        return new DoorProbe(key, time(), random.nextInt(9), trials, open);
    }

    private OpeningSample opening() {
        OpeningSample.Key key = new OpeningSample.Key(storage(), new ClassId(one("raw", "derived")), text());
        return new OpeningSample(
                key,
                time(),
                one(ProofKind.values()),
                random.nextInt(9),
                random.nextInt(9),
                maybe(this::text),
                random.nextBoolean() ? List.of() : list(() -> new OpeningSample.Unopened(id(), time(), text())));
    }

    private ReleaseGuard.Obstacle obstacle() {
        return new ReleaseGuard.Obstacle(maybe(() -> new ClauseId("P-25")), text());
    }

    private Waiver waiver() {
        Instant from = time();
        return new Waiver(
                new UUID(random.nextLong(), random.nextLong()),
                new ClauseId("P-25"),
                Stream.of(id(), id(), id()).collect(Collectors.toSet()),
                new Actor("owner"),
                new Actor("signer"),
                "reason " + text(),
                from,
                from.plus(Duration.ofDays(3)));
    }

    private Attributes attributes() {
        Map<String, String> values = new HashMap<>();
        for (int n = random.nextInt(4); n > 0; n--) {
            values.put("a" + text(), text());
        }
        return new Attributes(values);
    }

    private DataId id() {
        String tail = one(new String[] {"", "é", "\\", "\\\\t", "😀", "\ue000", " ;=%"});
        return new DataId(new Scope("s" + random.nextInt(2)), "/d/f" + random.nextInt(12) + tail);
    }

    private StorageName storage() {
        return new StorageName("LAB-" + random.nextInt(3));
    }

    /** With nanoseconds, which no row may keep. */
    private Instant time() {
        return BASE.plusNanos(random.nextLong() % 1_000_000_000_000_000L);
    }

    private Digest sha256() {
        return Digest.of(Digest.Algorithm.SHA256, bytes(32));
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private <T> List<T> list(Supplier<T> each) {
        return Stream.generate(each).limit(1 + random.nextInt(4)).toList();
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    @SafeVarargs
    private <T> T one(T... values) {
        return values[random.nextInt(values.length)];
    }
}
