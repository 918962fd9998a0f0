package holdfast.server.races;

import holdfast.catalog.CatalogFact.FilesPlaced;
import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyRow.Proof;
import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow;
import holdfast.catalog.FileRow.SourceState;
import holdfast.fixity.FixityFact.CopiesInspected;
import holdfast.fixity.Outcome;
import holdfast.ingest.IngestFact.FilesRegistered;
import holdfast.ingest.IngestFact.RegisterImported;
import holdfast.ingest.IngestFact.SourceReleased;
import holdfast.ingest.Register;
import holdfast.journal.Fact;
import holdfast.journal.Journal.Appended;
import holdfast.plan.Attributes;
import holdfast.plan.PlanFact.WaiverGranted;
import holdfast.plan.Waiver;
import holdfast.server.work.Assessor;
import holdfast.storage.Condition;
import holdfast.storage.Downtime;
import holdfast.storage.Locator;
import holdfast.storage.ProofKind;
import holdfast.storage.StorageElement;
import holdfast.storage.StorageFact.ConditionChanged;
import holdfast.storage.StorageFact.ConditionChanged.Cause;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.LevelId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import holdfast.vocabulary.StoragePath.Layout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A random history of a small house, written as facts: registrations, arrivals, proofs, suspicions, drills, silences,
 * downtimes, listings, waivers, registers and adoptions, at random moments of some months.
 */
final class History {
    private static final Actor SOMEBODY = new Actor("history");
    private static final List<StorageName> ELEMENTS =
            List.of("HOME-DISK", "CITY-DISK", "RIVER-TAPE", "COAST-TAPE").stream()
                    .map(StorageName::new)
                    .toList();
    private static final List<String> CLAUSES = List.of("P-22", "P-23", "P-24", "P-25", "P-26", "P-1");

    private final Ground ground;
    private final Random random;
    private final List<FileRow> files = new ArrayList<>();
    private final Map<String, CopyRow> copies = new TreeMap<>();
    private final Map<StorageName, Condition> conditions = new TreeMap<>();
    private final List<Instant> dates = new ArrayList<>();
    private final List<Duration> limits = new ArrayList<>();

    History(Ground ground, Random random) {
        this.ground = ground;
        this.random = random;
    }

    /** Every date that a fact of this history states. */
    List<Instant> dates() {
        return dates;
    }

    /** Every span that the plans of this history state. */
    List<Duration> limits() {
        return limits;
    }

    /** Writes it all. */
    void write() throws IOException {
        adopt("1");
        int facts = 6 + random.nextInt(10);
        for (int i = 0; i < facts; i++) {
            ground.pass(Duration.ofMinutes(random.nextInt(4) * random.nextInt(6 * 24 * 60)));
            if (files.isEmpty() || random.nextInt(4) == 0) {
                register();
            } else {
                fact();
            }
            if (random.nextInt(5) == 0) {
                ground.node(0).assessor.assess(0, Duration.ofSeconds(20));
            }
        }
    }

    private void fact() throws IOException {
        switch (random.nextInt(14)) {
            case 0, 1, 2 -> inspect();
            case 3, 4 -> fallSilent();
            case 5, 6 -> downtime();
            case 7 -> drill();
            case 8 -> listed();
            case 9 -> importRegister();
            case 10 -> waive();
            case 11 -> remember();
            case 12 -> element();
            default -> {
                if (random.nextInt(3) == 0) {
                    adopt("2");
                } else {
                    sourceReleased();
                }
            }
        }
    }

    private void adopt(String version) throws IOException {
        TimePlan plan = TimePlan.of(version, random);
        limits.addAll(plan.limits());
        ground.adopt(plan.texts());
    }

    private void register() {
        Instant now = ground.now();
        List<FileRow> fresh = new ArrayList<>();
        List<CopyRow> theirs = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(2); i++) {
            int number = files.size() + i;
            DataId id = new DataId(new Scope("raw"), "/lab/raw/run%d/file%d.dat".formatted(random.nextInt(2), number));
            fresh.add(file(
                    id,
                    date(now.plusSeconds(random.nextInt(5) == 0 ? random.nextInt(1800) : -random.nextInt(80_000)))));
            for (StorageName at : ELEMENTS) {
                if (random.nextInt(3) > 0) {
                    theirs.add(copy(id, at, now));
                }
            }
        }
        append(new FilesRegistered(fresh, theirs));
        files.addAll(fresh);
        theirs.forEach(this::keep);
    }

    private FileRow file(DataId id, Instant mention) {
        Attributes attributes = switch (random.nextInt(4)) {
            case 0 -> new Attributes(Map.of(Attributes.RUN_DATE, "2026-06-20"));
            case 1 -> new Attributes(Map.of(Attributes.RUN_DATE, "2001-01-01"));
            default -> Attributes.NONE;
        };
        return new FileRow(
                id,
                new ByteSize(1_000),
                Digests.of(Digest.sha256(id.name().getBytes(StandardCharsets.UTF_8))),
                FileRow.DigestOrigin.ARRIVAL,
                random.nextInt(12) == 0
                        ? Optional.empty()
                        : Optional.of(new FileRow.Belonging(new ClassId("raw"), new LevelId(4))),
                attributes,
                mention,
                new FileRow.Source("detector", SourceState.HELD),
                random.nextInt(3) == 0,
                random.nextInt(25) == 0);
    }

    private CopyRow copy(DataId id, StorageName at, Instant now) {
        Instant written = date(now.minusSeconds(random.nextInt(10 * 86_400)));
        CopyState state = random.nextInt(4) == 0
                ? CopyState.values()[random.nextInt(CopyState.values().length)]
                : random.nextInt(3) == 0 ? CopyState.ARRIVED : CopyState.PROVED;
        boolean proved = state != CopyState.ARRIVED && state != CopyState.CLAIMED;
        boolean tape = at.name().endsWith("TAPE");
        return new CopyRow(
                id,
                at,
                state,
                StoragePath.of(id, Layout.NAME, 0),
                0,
                tape && random.nextInt(6) > 0 ? Optional.of(new Locator("VR0001:17")) : Optional.empty(),
                written,
                proved ? Optional.of(proof(at, now)) : Optional.empty(),
                now,
                Optional.empty());
    }

    /** Now and then dated in the future, as a node with a fast clock would. */
    private Proof proof(StorageName at, Instant now) {
        Instant when = random.nextInt(6) == 0
                ? now.plusSeconds(random.nextInt(3_600))
                : now.minusSeconds(random.nextInt(random.nextBoolean() ? 86_400 : 60 * 86_400));
        ProofKind whole = at.name().endsWith("TAPE") ? ProofKind.MEDIUM : ProofKind.WHOLE_READ;
        boolean odd = random.nextInt(4) == 0;
        return new Proof(
                date(when),
                odd ? ProofKind.values()[random.nextInt(ProofKind.values().length)] : whole,
                !odd || random.nextBoolean());
    }

    private void inspect() {
        List<CopyRow> standing = copies.values().stream()
                .filter(c -> c.state() != CopyState.RELEASING && c.state() != CopyState.RELEASED)
                .toList();
        if (standing.isEmpty()) {
            return;
        }
        CopyRow copy = standing.get(random.nextInt(standing.size()));
        CopyState[] states = {CopyState.SUSPECT, CopyState.CORRUPT, CopyState.MISSING, CopyState.UNREADABLE};
        CopyRow next = random.nextInt(5) < 3
                ? copy.proved(proof(copy.storage(), ground.now()), Optional.empty())
                : copy.state(states[random.nextInt(states.length)], ground.now(), Optional.of("seen so"));
        append(new CopiesInspected(List.of(next), Collections.nCopies(1, Outcome.INTACT)));
        keep(next);
    }

    private void fallSilent() {
        Condition before = condition();
        boolean silent = before.silentSince().isEmpty();
        change(
                silent ? Cause.FELL_SILENT : Cause.ANSWERS_AGAIN,
                before.withSilentSince(silent ? Optional.of(date(ground.now())) : Optional.empty()));
    }

    private void downtime() {
        Condition before = condition();
        Instant from = date(ground.now().plusSeconds((long) (random.nextDouble() * 20 * 86_400) - 2 * 86_400));
        Instant until = date(from.plusSeconds(3_600 + random.nextInt(25 * 86_400)));
        StorageElement element =
                ground.inForce().sites().element(before.element()).orElseThrow();
        change(Cause.DOWNTIME_DECLARED, before.withDowntime(new Downtime(element.site(), from, until, "power")));
    }

    private void drill() {
        Condition before = condition();
        change(
                Cause.RECALL_DRILLED,
                random.nextInt(3) == 0
                        ? before.withFailedDrill()
                        : before.withDrill(date(ground.now().plusSeconds(random.nextInt(5) == 0 ? 1_200 : -60))));
    }

    private void listed() {
        Condition before = condition();
        int dark = random.nextInt(8) == 0 ? 1 : 0;
        Instant at = date(ground.now().minusSeconds(random.nextInt(7_200)));
        change(
                Cause.LISTED,
                before.withListing(new Condition.Listing(at, 10, random.nextInt(8) == 0 ? 1 : 0, dark, dark)));
    }

    private void element() {
        Condition before = condition();
        switch (random.nextInt(4)) {
            case 0 ->
                change(
                        before.suspectSince().isEmpty() ? Cause.SUSPECTED : Cause.CLEARED,
                        before.withSuspectSince(
                                before.suspectSince().isEmpty() ? Optional.of(ground.now()) : Optional.empty()));
            case 1 -> change(Cause.DRIVES_CHANGED, before.withWorkingDrives(Optional.of(random.nextInt(3))));
            default ->
                change(Cause.SCRUBBED, before.withScrub(new Condition.Scrub(ground.now(), random.nextInt(3) > 0)));
        }
    }

    private void importRegister() {
        Instant now = ground.now();
        Instant asOf = date(now.plusSeconds(random.nextInt(5) == 0 ? 900 : -random.nextInt(30_000)));
        Optional<Instant> closed = random.nextInt(4) == 0
                ? Optional.empty()
                : Optional.of(date(now.plusSeconds(random.nextInt(3) == 0 ? random.nextInt(7_200) : -3_600)));
        List<Register.Expected> expected = new ArrayList<>();
        files.forEach(f -> expected.add(new Register.Expected(
                f.id(), Optional.of(random.nextInt(9) == 0 ? new ByteSize(1) : f.size()), Optional.<Long>empty())));
        if (random.nextInt(6) == 0) {
            DataId never = new DataId(new Scope("raw"), "/lab/raw/run1/never%d.dat".formatted(random.nextInt(3)));
            expected.add(new Register.Expected(never, Optional.empty(), Optional.empty()));
        }
        Register.RunKey key = new Register.RunKey("1", "" + random.nextInt(2));
        append(new RegisterImported(
                new Register("run registry", asOf, List.of(new Register.Run(key, "physics", closed, expected)))));
    }

    private void waive() {
        Instant from = date(ground.now().plusSeconds(random.nextInt(10 * 86_400)));
        Instant until = date(from.plusSeconds(3_600 + random.nextInt(80 * 86_400)));
        FileRow file = files.get(random.nextInt(files.size()));
        append(new WaiverGranted(new Waiver(
                new UUID(random.nextLong(), random.nextLong()),
                new ClauseId(CLAUSES.get(random.nextInt(CLAUSES.size()))),
                Set.of(file.id()),
                new Actor("owner"),
                new Actor("signer"),
                "for a reason",
                from,
                until)));
    }

    /** How the journal is kept is no fact; it ages like one. */
    private void remember() {
        ground.node(0)
                .memory
                .keep(random.nextBoolean() ? Assessor.AUDIT : Assessor.HEAD_OUTSIDE, "agreed", date(ground.now()));
    }

    private void sourceReleased() {
        FileRow file = files.get(random.nextInt(files.size()));
        FileRow now = ground.file(file.id());
        append(
                random.nextBoolean()
                        ? new SourceReleased(List.of(now.withSource(SourceState.MAY_GO)))
                        : new FilesPlaced(List.of(now.markPlaced())));
    }

    private Condition condition() {
        StorageName at = ELEMENTS.get(random.nextInt(ELEMENTS.size()));
        return conditions.getOrDefault(at, Condition.unknown(at));
    }

    private void change(Cause cause, Condition after) {
        append(new ConditionChanged(cause, List.of(after)));
        conditions.put(after.element(), after);
    }

    private void keep(CopyRow copy) {
        copies.put(copy.id() + " " + copy.storage(), copy);
    }

    private Instant date(Instant moment) {
        dates.add(moment);
        return moment;
    }

    private void append(Fact fact) {
        if (!(ground.node(0).journal.append(fact, SOMEBODY) instanceof Appended.Done)) {
            throw new AssertionError("was not written: " + fact);
        }
    }
}
