package holdfast.judgement;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyRow.Proof;
import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow;
import holdfast.catalog.FileRow.SourceState;
import holdfast.ingest.Register;
import holdfast.plan.Agreement;
import holdfast.plan.Attributes;
import holdfast.plan.ClassRule;
import holdfast.plan.Clause;
import holdfast.plan.Lifetime;
import holdfast.plan.Limits;
import holdfast.plan.MemberSource;
import holdfast.plan.Obligation;
import holdfast.plan.PlaceRule;
import holdfast.plan.Plan;
import holdfast.plan.Sites;
import holdfast.storage.Condition;
import holdfast.storage.DoorProbe;
import holdfast.storage.Downtime;
import holdfast.storage.FailureDomain;
import holdfast.storage.Locator;
import holdfast.storage.Medium;
import holdfast.storage.OpeningSample;
import holdfast.storage.Place;
import holdfast.storage.ProofKind;
import holdfast.storage.StorageElement;
import holdfast.storage.StorageElement.DriverChoice;
import holdfast.storage.StorageElement.Use;
import holdfast.storage.Visitor;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.LevelId;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * One raw file and the world round it, for tests: seven elements at five sites, a sharing agreement of two periods, and
 * a file of run day 2026-11-01 that was placed long ago. Each method changes one thing and returns the scene.
 */
public final class Scene {
    public static final Instant NOW = Instant.parse("2026-11-22T06:00:00Z");
    public static final Instant LONG_AGO = days(-60);

    public static final StorageName KEK_TAPE = new StorageName("KEK-TAPE");
    public static final StorageName KEK_DISK = new StorageName("KEK-DISK");
    public static final StorageName KEK_CACHE = new StorageName("KEK-CACHE");
    public static final StorageName BNL_TAPE = new StorageName("BNL-TAPE");
    public static final StorageName DESY_DISK = new StorageName("DESY-DISK");
    public static final StorageName KIT_DISK = new StorageName("KIT-DISK");
    public static final StorageName LAB_DISK = new StorageName("LAB-DISK");
    public static final StorageName NOWHERE = new StorageName("NOWHERE");

    public static final SiteName KEK = new SiteName("KEK");
    public static final SiteName BNL = new SiteName("BNL");
    public static final SiteName DESY = new SiteName("DESY");
    public static final SiteName KIT = new SiteName("KIT");
    public static final SiteName LAB = new SiteName("LAB");

    public static final ClassId RAW = new ClassId("raw");
    public static final ClassId RECORDS = new ClassId("campaign");
    public static final LevelId LEVEL = new LevelId(4);
    public static final String MOU = "mou-raw";
    public static final Digest DIGEST = Digest.sha256(new byte[] {1});
    public static final Digest PLAN = Digest.sha256(new byte[] {2});
    public static final DataId ID = DataId.parse("raw:/lab/raw/e1/r2/file.root");

    public static final Obligation P_23 = new Obligation.CopiesAtLeast(2);
    public static final Obligation P_25 = new Obligation.CompleteAt(at(KEK));
    public static final Obligation P_26 =
            new Obligation.CoveredBy(new PlaceRule(Set.of(), Optional.of(MOU), Set.of(KEK)));
    public static final Obligation P_22 = new Obligation.IndependentCopies(
            2, Set.of(FailureDomain.SITE, FailureDomain.HAZARD_ZONE, FailureDomain.OPERATOR));
    public static final Obligation P_24 = new Obligation.Accessible(2, Optional.of(Duration.ofDays(92)));
    public static final Obligation P_2 = new Obligation.Opened("root");
    public static final Obligation P_1 = new Obligation.CheckedEvery(Duration.ofDays(90), Duration.ofDays(730));
    public static final Obligation P_6 = new Obligation.RegisteredInFull(Duration.ofHours(24));
    public static final Obligation P_7 = new Obligation.OneLevel();

    /** The duties that count copies: the first column of the table. */
    public static final List<Obligation> PLACEMENT = List.of(P_23, P_25, P_26, P_22);

    private final Map<StorageName, StorageElement> elements = new TreeMap<>();
    private final Map<StorageName, Condition> conditions = new TreeMap<>();
    private final Map<String, Agreement> agreements = new TreeMap<>();
    private final Map<StorageName, CopyRow> copies = new LinkedHashMap<>();
    private final Map<ClauseId, Clause> clauses = new TreeMap<>();
    private final Map<DoorProbe.Key, DoorProbe> doors = new TreeMap<>();
    private final Map<OpeningSample.Key, OpeningSample> openings = new TreeMap<>();
    private Limits limits = Limits.DEFAULTS;
    private MemberSource memberSource = MemberSource.EXPORT;
    private Map<MemberSource.From, Instant> members = Map.of(MemberSource.From.EXPORT, NOW);
    private Optional<FileRow> file;
    private Optional<Holding.ExpectedFile> expected = Optional.empty();

    public Scene() {
        element(KEK_TAPE, KEK, Medium.TAPE).element(KEK_DISK, KEK, Medium.ARCHIVAL_DISK);
        element(KEK_CACHE, KEK, Medium.CACHE).element(BNL_TAPE, BNL, Medium.TAPE);
        element(DESY_DISK, DESY, Medium.ARCHIVAL_DISK).element(KIT_DISK, KIT, Medium.OBJECT_ARCHIVE);
        element(LAB_DISK, LAB, Medium.DISK);
        List.of(KEK_TAPE, BNL_TAPE).forEach(tape -> condition(tape, c -> drilled(c, days(-3), 0, Optional.of(4))));
        Agreement.Period old = period("2019-01-01", Optional.of("2026-01-01"), Map.of(BNL, 100.0));
        Agreement.Period open = period("2026-01-01", Optional.empty(), Map.of(BNL, 50.0, DESY, 30.0, KIT, 20.0));
        agreements.put(MOU, new Agreement(MOU, List.of(old, open)));
        file = Optional.of(new FileRow(
                ID,
                new ByteSize(1000),
                Digests.of(DIGEST),
                FileRow.DigestOrigin.SOURCE,
                Optional.of(new FileRow.Belonging(RAW, LEVEL)),
                new Attributes(Map.of(Attributes.RUN_DATE, "2026-11-01")),
                LONG_AGO,
                new FileRow.Source("daq", SourceState.HELD),
                true,
                false));
    }

    public static Instant days(double days) {
        return NOW.plusSeconds(Math.round(days * 86_400));
    }

    public static PlaceRule at(SiteName... sites) {
        return new PlaceRule(Set.of(sites), Optional.empty(), Set.of());
    }

    public static Agreement.Period period(String from, Optional<String> until, Map<SiteName, Double> shares) {
        return new Agreement.Period(
                LocalDate.parse(from),
                until.map(LocalDate::parse),
                shares,
                Optional.empty(),
                true,
                new Actor("coordinator"),
                LocalDate.parse("2026-02-01"));
    }

    // ---- copies

    /** A copy read whole from its medium so many days ago, and written twenty days before that. */
    public Scene proved(StorageName at, double daysAgo) {
        ProofKind kind =
                elements.containsKey(at) && elements.get(at).isTape() ? ProofKind.MEDIUM : ProofKind.WHOLE_READ;
        return copy(row(at, CopyState.PROVED, days(-daysAgo - 20))).proof(at, new Proof(days(-daysAgo), kind, true));
    }

    /** A copy read ten days ago. */
    public Scene proved(StorageName... at) {
        List.of(at).forEach(one -> proved(one, 10));
        return this;
    }

    /** A copy that was written so many days ago and never read back. */
    public Scene arrived(StorageName at, double daysAgo) {
        return copy(row(at, CopyState.ARRIVED, days(-daysAgo)));
    }

    /** A copy that was read ten days ago and is now in this state. */
    public Scene fallen(StorageName at, CopyState state) {
        proved(at, 10);
        return copy(copies.get(at).state(state, days(-1), Optional.empty()));
    }

    public Scene proof(StorageName at, Proof proof) {
        CopyRow c = copies.get(at);
        return copy(new CopyRow(
                c.id(),
                c.storage(),
                c.state(),
                c.path(),
                c.writing(),
                c.locator(),
                c.writtenAt(),
                Optional.of(proof),
                c.since(),
                c.finding()));
    }

    public Scene locator(StorageName at, Optional<Locator> locator) {
        CopyRow c = copies.get(at);
        return copy(new CopyRow(
                c.id(),
                c.storage(),
                c.state(),
                c.path(),
                c.writing(),
                locator,
                c.writtenAt(),
                c.proof(),
                c.since(),
                c.finding()));
    }

    public Scene copy(CopyRow row) {
        copies.put(row.storage(), row);
        return this;
    }

    public boolean has(StorageName at) {
        return copies.containsKey(at);
    }

    public Scene without(StorageName at) {
        copies.remove(at);
        return this;
    }

    private CopyRow row(StorageName at, CopyState state, Instant written) {
        boolean tape = elements.containsKey(at) && elements.get(at).isTape();
        return new CopyRow(
                ID,
                at,
                state,
                new StoragePath("lab/raw/e1/r2/file.root"),
                0,
                tape ? Optional.of(new Locator("VR0001:17")) : Optional.empty(),
                written,
                Optional.empty(),
                written,
                Optional.empty());
    }

    // ---- the file

    /** The file is new: first mentioned so many days ago, never placed. */
    public Scene mentioned(double daysAgo) {
        return file(f -> new FileRow(
                f.id(),
                f.size(),
                f.digests(),
                f.digestOrigin(),
                f.belongs(),
                f.attributes(),
                days(-daysAgo),
                f.source(),
                false,
                f.lost()));
    }

    public Scene attributes(Map<String, String> values) {
        return file(f -> new FileRow(
                f.id(),
                f.size(),
                f.digests(),
                f.digestOrigin(),
                f.belongs(),
                new Attributes(values),
                f.mention(),
                f.source(),
                f.placed(),
                f.lost()));
    }

    public Scene belongs(Optional<FileRow.Belonging> belongs) {
        return file(f -> new FileRow(
                f.id(),
                f.size(),
                f.digests(),
                f.digestOrigin(),
                belongs,
                f.attributes(),
                f.mention(),
                f.source(),
                f.placed(),
                f.lost()));
    }

    public Scene file(UnaryOperator<FileRow> change) {
        file = file.map(change);
        return this;
    }

    public Scene notHere() {
        file = Optional.empty();
        return this;
    }

    /** The register names the file, of a physics run that closed so many days ago. */
    public Scene expected(long bytes, Optional<Instant> closed) {
        Register.Expected named = new Register.Expected(ID, Optional.of(new ByteSize(bytes)), Optional.of(7L));
        expected = Optional.of(new Holding.ExpectedFile(named, new Register.RunKey("1", "2"), "physics", closed));
        return this;
    }

    // ---- the world

    public Scene element(StorageName name, SiteName site, Medium medium) {
        return element(new StorageElement(
                name,
                site,
                place(site.name()),
                Optional.of(medium),
                Use.IN_USE,
                medium == Medium.TAPE ? Optional.of(new StorageElement.TapeLibrary(4, 100)) : Optional.empty(),
                new DriverChoice("posix", Map.of())));
    }

    public Scene element(StorageElement element) {
        elements.put(element.name(), element);
        return this;
    }

    public Scene element(StorageName name, Use use, Optional<Medium> medium, Place place) {
        StorageElement e = elements.get(name);
        return element(new StorageElement(name, e.site(), place, medium, use, e.library(), e.driver()));
    }

    public Scene use(StorageName name, Use use) {
        StorageElement e = elements.get(name);
        return element(name, use, e.medium(), e.place());
    }

    public Scene place(StorageName name, Place place) {
        StorageElement e = elements.get(name);
        return element(name, e.use(), e.medium(), place);
    }

    public static Place place(String site) {
        return new Place(Optional.of("region-" + site), Optional.of("zone-" + site), Optional.of("operator-" + site));
    }

    public Scene agreement(Agreement agreement) {
        agreements.put(agreement.name(), agreement);
        return this;
    }

    public Scene limits(Limits changed) {
        limits = changed;
        return this;
    }

    public Scene clause(Clause clause) {
        clauses.put(clause.id(), clause);
        return this;
    }

    public Scene condition(StorageName at, UnaryOperator<Condition> change) {
        conditions.put(at, change.apply(conditions.getOrDefault(at, Condition.unknown(at))));
        return this;
    }

    public Scene silent(StorageName at, double daysAgo) {
        return condition(
                at,
                c -> new Condition(
                        c.element(),
                        Optional.of(days(-daysAgo)),
                        c.downtimes(),
                        c.lastDrill(),
                        c.failedDrills(),
                        c.workingDrives(),
                        c.suspectSince(),
                        c.listing(),
                        c.scrub()));
    }

    public Scene downtime(StorageName at, double from, double until) {
        return condition(at, c -> {
            List<Downtime> all = new ArrayList<>(c.downtimes());
            all.add(new Downtime(elements.get(at).site(), days(from), days(until), "power"));
            return new Condition(
                    c.element(),
                    c.silentSince(),
                    all,
                    c.lastDrill(),
                    c.failedDrills(),
                    c.workingDrives(),
                    c.suspectSince(),
                    c.listing(),
                    c.scrub());
        });
    }

    public Scene drills(StorageName at, double lastDaysAgo, int failed, Optional<Integer> drives) {
        return condition(at, c -> drilled(c, days(-lastDaysAgo), failed, drives));
    }

    private static Condition drilled(Condition c, Instant last, int failed, Optional<Integer> drives) {
        return new Condition(
                c.element(),
                c.silentSince(),
                c.downtimes(),
                Optional.of(last),
                failed,
                drives,
                c.suspectSince(),
                c.listing(),
                c.scrub());
    }

    public Scene neverDrilled(StorageName at) {
        conditions.put(at, Condition.unknown(at));
        return this;
    }

    public Scene suspect(StorageName at, double daysAgo) {
        return condition(
                at,
                c -> new Condition(
                        c.element(),
                        c.silentSince(),
                        c.downtimes(),
                        c.lastDrill(),
                        c.failedDrills(),
                        c.workingDrives(),
                        Optional.of(days(-daysAgo)),
                        c.listing(),
                        c.scrub()));
    }

    public Scene listed(StorageName at, Condition.Listing listing) {
        return condition(
                at,
                c -> new Condition(
                        c.element(),
                        c.silentSince(),
                        c.downtimes(),
                        c.lastDrill(),
                        c.failedDrills(),
                        c.workingDrives(),
                        c.suspectSince(),
                        Optional.of(listing),
                        c.scrub()));
    }

    public Scene scrubbed(StorageName at, boolean canariesFound) {
        return condition(
                at,
                c -> new Condition(
                        c.element(),
                        c.silentSince(),
                        c.downtimes(),
                        c.lastDrill(),
                        c.failedDrills(),
                        c.workingDrives(),
                        c.suspectSince(),
                        c.listing(),
                        Optional.of(new Condition.Scrub(days(-1), canariesFound))));
    }

    /** Everybody who knocked for so many raw files was refused. */
    public Scene refused(StorageName at, double daysAgo, int paths) {
        return door(at, daysAgo, paths, Optional.empty(), List.of());
    }

    /** What was met by those who knocked for raw files; what they do not know is told by both. */
    public Scene door(
            StorageName at, double daysAgo, int paths, Optional<String> unknown, List<DoorProbe.OpenDoor> open) {
        List<DoorProbe.Trial> trials = Stream.of(Visitor.values())
                .map(v -> new DoorProbe.Trial(
                        v, unknown.isPresent() ? 0 : paths - open.size(), unknown.isPresent() ? paths : 0, unknown))
                .toList();
        DoorProbe.Key key = new DoorProbe.Key(at, RAW);
        doors.put(key, new DoorProbe(key, days(-daysAgo), paths, trials, open));
        return this;
    }

    /** A sample of raw files was opened as root: so many, and these were not. */
    public Scene opened(StorageName at, double daysAgo, int opened, DataId... unopened) {
        List<OpeningSample.Unopened> not = Stream.of(unopened)
                .map(id -> new OpeningSample.Unopened(id, days(-daysAgo), "exit 1: no tree in it"))
                .toList();
        Optional<String> why = opened == 0 && not.isEmpty() ? Optional.of("no program was found") : Optional.empty();
        OpeningSample.Key key = new OpeningSample.Key(at, RAW, "root");
        openings.put(
                key,
                new OpeningSample(
                        key, days(-daysAgo), ProofKind.WHOLE_READ, opened, why.isPresent() ? 1 : 0, why, not));
        return this;
    }

    /** When the source of members last spoke; empty for never. */
    public Scene members(MemberSource source, Optional<Instant> word) {
        memberSource = source;
        members = word.map(said -> Map.of(source.from(), said)).orElse(Map.of());
        return this;
    }

    public Scene neverTried(StorageName at) {
        doors.remove(new DoorProbe.Key(at, RAW));
        return this;
    }

    // ---- answers

    public Holding holding() {
        return new Holding(ID, file, expected, List.copyOf(copies.values()));
    }

    public Surroundings surroundings() {
        ClassRule raw = new ClassRule(RAW, LEVEL, List.of("raw"), Optional.empty(), Map.of(), false, true);
        Lifetime active = new Lifetime("active-collaboration", "executive-board", Optional.empty());
        Plan plan = new Plan(
                "test",
                "A plan for tests",
                "2026-11",
                PLAN,
                Map.of("active-collaboration", active),
                Map.of(),
                List.of(raw, new ClassRule(RECORDS, LEVEL, List.of(), Optional.empty(), Map.of(), false, false)),
                clauses,
                limits,
                Map.of(),
                memberSource);
        Sites sites = new Sites(elements, agreements, KEK_DISK, "Asia/Tokyo", DIGEST);
        return new Surroundings(plan, sites, conditions, Optional.empty(), new Trials(doors, openings, members));
    }

    public CopyRow row(StorageName at) {
        return copies.get(at);
    }

    public CopyStanding standing(StorageName at) {
        return standing(at, NOW);
    }

    public CopyStanding standing(StorageName at, Instant moment) {
        return CopyStanding.of(copies.get(at), surroundings(), moment);
    }

    public Answer judge(Obligation obligation) {
        return judge(obligation, NOW);
    }

    public Answer judge(Obligation obligation, Instant moment) {
        return Judge.judge(obligation, holding(), surroundings(), moment);
    }

    public Verdict verdict(Obligation obligation) {
        return judge(obligation).verdict();
    }
}
