package holdfast.server.work;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyRow.Proof;
import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow;
import holdfast.custody.InForce;
import holdfast.ingest.Accession;
import holdfast.ingest.Accession.Decision;
import holdfast.ingest.Accession.Measured;
import holdfast.ingest.Finding;
import holdfast.ingest.IngestFact.BytesReturned;
import holdfast.ingest.IngestFact.FilesRegistered;
import holdfast.ingest.Submission;
import holdfast.journal.Fact;
import holdfast.journal.Journal.Appended;
import holdfast.judgement.Holding;
import holdfast.server.clock.HouseClock;
import holdfast.server.drivers.DigestPass;
import holdfast.server.movers.Cargo;
import holdfast.server.movers.Elements;
import holdfast.server.movers.Landed;
import holdfast.server.movers.Landing;
import holdfast.server.sql.Database;
import holdfast.server.sql.Holdings;
import holdfast.server.sql.ObservedScopes;
import holdfast.server.sql.SqlJournal;
import holdfast.storage.ProofKind;
import holdfast.storage.StorageDriver;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.StorageName;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Takes files in: lands their bytes at the landing element, reads them back, and registers them, all of a batch in one
 * fact. Whatever is refused leaves no row and no visible byte; whatever is cut off is taken up again by asking once more.
 */
public final class Intake {
    private static final Actor INTAKE = new Actor("intake");

    private final Desk desk;
    private final Supplier<InForce> inForce;
    private final Supplier<Elements> elements;
    private final AtomicInteger taking = new AtomicInteger();

    /** What the intake works with. */
    public record Desk(Database database, Holdings holdings, SqlJournal journal, HouseClock clock) {}

    public Intake(Desk desk, Supplier<InForce> inForce, Supplier<Elements> elements) {
        this.desk = desk;
        this.inForce = inForce;
        this.elements = elements;
    }

    /**
     * A file of a batch.
     *
     * @param atSource digests that the source computed while it read the bytes it sent
     */
    public record Arriving(DataId id, Submission said, Digests atSource, Cargo.Opening bytes) {
        /** What the source states, and what it saw where it states nothing. */
        Digests expected() {
            Digests expected = said.stated();
            for (Algorithm algorithm : Algorithm.values()) {
                if (expected.by(algorithm).isEmpty() && atSource.by(algorithm).isPresent()) {
                    expected = expected.with(atSource.by(algorithm).get());
                }
            }
            return expected;
        }
    }

    /** What became of a file. */
    public sealed interface Outcome {
        record Registered(FileRow row) implements Outcome {}

        record Already(FileRow row) implements Outcome {}

        /** A registered file whose good copies were gone has bytes again. */
        record Returned(FileRow row) implements Outcome {}

        record Refused(List<Finding> findings) implements Outcome {
            public Refused {
                findings = List.copyOf(findings);
            }

            static Refused because(Finding.Code code, String text) {
                return new Refused(List.of(new Finding(code, text)));
            }
        }
    }

    /**
     * An act by which files come in: asked in the transaction that registers them, on locks that it takes there. Answers what is
     * recorded with them, or nothing where they may not come in now.
     */
    @FunctionalInterface
    public interface Warrant {
        Optional<Fact> now(Connection connection) throws SQLException;
    }

    /** The rows of some names as they are now. */
    public Map<DataId, Holding> known(List<DataId> ids) {
        List<NameKey> keys = ids.stream().map(DataId::key).toList();
        return desk.database.read(connection -> {
            Map<DataId, Holding> known = new HashMap<>();
            desk.holdings.of(connection, keys).forEach(h -> known.put(h.id(), h));
            return known;
        });
    }

    /** Takes a batch in; the outcomes come in its order. */
    public List<Outcome> take(List<Arriving> batch) {
        return take(batch, Optional.empty());
    }

    /** Takes files in by an act, where their level may be entered so alone; all of them or none. */
    public List<Outcome> take(List<Arriving> batch, Warrant warrant) {
        return take(batch, Optional.of(warrant));
    }

    private List<Outcome> take(List<Arriving> batch, Optional<Warrant> warrant) {
        taking.incrementAndGet();
        try {
            return takeIn(batch, warrant);
        } finally {
            taking.decrementAndGet();
        }
    }

    /** Whether files are being taken in just now. */
    public boolean isTaking() {
        return taking.get() > 0;
    }

    private List<Outcome> takeIn(List<Arriving> batch, Optional<Warrant> warrant) {
        InForce plan = inForce.get();
        Map<DataId, Holding> known = known(batch.stream().map(Arriving::id).toList());
        // By identity: the same file may be brought twice in one batch, and hashing all that is said of it costs.
        Map<Arriving, Outcome> outcomes = new IdentityHashMap<>();
        List<Arriving> landing = new ArrayList<>();
        Admission admission = new Admission(plan.plan(), desk.database.read(ObservedScopes::in), warrant.isPresent());
        for (Arriving one : batch) {
            boolean isThere = Optional.ofNullable(known.get(one.id))
                    .flatMap(Holding::file)
                    .isPresent();
            Optional<Finding> refused = admission.obstacle(one.id, one.said, isThere);
            refused.ifPresentOrElse(f -> outcomes.put(one, new Outcome.Refused(List.of(f))), () -> {
                outcomes.put(one, Outcome.Refused.because(Finding.Code.NOT_WRITTEN, "not decided"));
                landing.add(one);
            });
        }
        land(landing, known, new Rules(plan, warrant), outcomes);
        return batch.stream()
                .map(one -> Objects.requireNonNull(outcomes.get(one)))
                .toList();
    }

    /** By what files come in. */
    private record Rules(InForce plan, Optional<Warrant> warrant) {}

    private void land(List<Arriving> batch, Map<DataId, Holding> known, Rules rules, Map<Arriving, Outcome> outcomes) {
        InForce plan = rules.plan;
        StorageName landing = plan.sites().landing();
        StorageDriver driver = elements.get().of(landing);
        Instant began = desk.clock.now();
        List<Landed> landed = new Landing(driver, plan.naming().layout())
                .land(batch.stream()
                        .map(a -> cargo(a, Optional.ofNullable(known.get(a.id)), landing))
                        .toList());
        List<Ready> ready = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Arriving one = batch.get(i);
            switch (landed.get(i)) {
                case Landed.Done done -> ready.add(new Ready(one, done, readBack(driver, done, one), began));
                case Landed.SourceBad bad ->
                    outcomes.put(
                            one,
                            refuse(bad, Optional.ofNullable(known.get(one.id)).flatMap(Holding::file)));
                case Landed.TargetRefused refused ->
                    outcomes.put(
                            one,
                            notWritten("%s did not take it: %s; mend that and send it again"
                                    .formatted(landing, refused.why())));
                case Landed.Failed failed ->
                    outcomes.put(
                            one, notWritten("%s did not get it: %s; send it again".formatted(landing, failed.why())));
                case Landed.Unknown unknown ->
                    outcomes.put(
                            one,
                            notWritten("not known whether %s took it: %s; send it again, it will be looked for"
                                    .formatted(landing, unknown.why())));
            }
        }
        if (!ready.isEmpty()) {
            register(ready, outcomes, rules);
            returned(ready, outcomes, landing);
        }
    }

    private static Outcome notWritten(String why) {
        return Outcome.Refused.because(Finding.Code.NOT_WRITTEN, why);
    }

    /** Bytes that were landed; all that was seen of them is later than {@code began}. */
    private record Ready(Arriving file, Landed.Done landed, ReadBack readBack, Instant began) {}

    /** The proof that the read-back gave, or why it gave none. */
    private record ReadBack(Optional<Proof> proof, Optional<String> wrong) {
        static ReadBack bad(String wrong) {
            return new ReadBack(Optional.empty(), Optional.of(wrong));
        }
    }

    private static Outcome refuse(Landed.SourceBad bad, Optional<FileRow> known) {
        if (bad.otherBytes() && known.isPresent()) {
            return new Outcome.Refused(List.of(Accession.otherBytes(known.get(), bad.why())));
        }
        return bad.otherBytes()
                ? Outcome.Refused.because(
                        Finding.Code.DIGEST_MISMATCH, bad.why() + "; compare the source's file with its manifest")
                : Outcome.Refused.because(Finding.Code.UNREADABLE, bad.why());
    }

    /** What is registered must come again with the very same bytes; only where no copy stands is anything written. */
    private Cargo cargo(Arriving one, Optional<Holding> known, StorageName landing) {
        int writing = known.stream()
                .flatMap(h -> h.copies().stream())
                .filter(c -> c.storage().equals(landing))
                .mapToInt(c -> c.state() == CopyState.MISSING || c.state().stands() ? c.writing() : c.writing() + 1)
                .findFirst()
                .orElse(0);
        var expected = known.flatMap(Holding::file).map(FileRow::digests).orElseGet(one::expected);
        return new Cargo(one.id, one.said.size(), expected, writing, one.bytes);
    }

    private ReadBack readBack(StorageDriver driver, Landed.Done done, Arriving one) {
        switch (driver.look(done.path())) {
            case StorageDriver.Seen.Absent _ -> {
                return ReadBack.bad("the element says it took them and has nothing there");
            }
            case StorageDriver.Seen.Unreachable silent -> {
                return ReadBack.bad("reading back failed: " + silent.why());
            }
            case StorageDriver.Seen.Present present -> {
                return present.locality() == StorageDriver.Locality.ONLINE
                        ? readOnline(driver, done, one)
                        : new ReadBack(Optional.empty(), Optional.empty());
            }
        }
    }

    private ReadBack readOnline(StorageDriver driver, Landed.Done done, Arriving one) {
        Instant now = desk.clock.now();
        try (InputStream in = driver.open(done.path())) {
            var measured = DigestPass.over(in, Set.of(Algorithm.SHA256));
            boolean right =
                    measured.size().equals(one.said.size()) && done.measured().proves(measured.digests());
            return right
                    ? new ReadBack(Optional.of(new Proof(now, ProofKind.WHOLE_READ, true)), Optional.empty())
                    : ReadBack.bad("read back as " + measured.digests());
        } catch (IOException e) {
            return ReadBack.bad("reading back failed: " + e.getMessage());
        }
    }

    private void register(List<Ready> ready, Map<Arriving, Outcome> outcomes, Rules by) {
        StorageName landing = by.plan.sites().landing();
        Appended appended = desk.journal.appendAll(INTAKE, connection -> {
            List<FileRow> files = new ArrayList<>();
            List<CopyRow> copies = new ArrayList<>();
            Map<DataId, Holding> now = lock(connection, ready);
            Map<NameKey, Instant> closed = desk.holdings.closedRuns(connection, keys(ready));
            for (Ready one : ready) {
                Accession.Rules rules = new Accession.Rules(
                        by.plan.plan(), Optional.ofNullable(closed.get(one.file.id.key())), desk.clock.now());
                Outcome outcome = decide(one, Optional.ofNullable(now.get(one.file.id)), rules);
                outcomes.put(one.file, outcome);
                if (outcome instanceof Outcome.Registered registered) {
                    files.add(registered.row());
                    copies.add(copy(one, landing));
                }
            }
            return files.isEmpty() ? List.of() : facts(connection, new FilesRegistered(files, copies), by.warrant);
        });
        switch (appended) {
            case Appended.Done _ -> {}
            case Appended.Refused refused -> undo(ready, outcomes, refused.why() + "; send it again");
            case Appended.Unknown unknown ->
                undo(ready, outcomes, "not known whether it was registered (" + unknown.why() + "); send it again");
        }
    }

    private static List<Fact> facts(Connection connection, FilesRegistered registered, Optional<Warrant> warrant)
            throws SQLException {
        if (warrant.isEmpty()) {
            return List.of(registered);
        }
        return warrant.get()
                .now(connection)
                .map(beside -> List.<Fact>of(registered, beside))
                .orElse(List.of());
    }

    private static void undo(List<Ready> ready, Map<Arriving, Outcome> outcomes, String why) {
        ready.stream()
                .map(Ready::file)
                .filter(f -> outcomes.get(f) instanceof Outcome.Registered)
                .forEach(f -> outcomes.put(f, notWritten(why)));
    }

    private Map<DataId, Holding> lock(Connection connection, List<Ready> ready) throws SQLException {
        return desk.holdings.lock(connection, keys(ready));
    }

    private static List<NameKey> keys(List<Ready> ready) {
        return ready.stream().map(r -> r.file.id.key()).toList();
    }

    private static Outcome decide(Ready one, Optional<Holding> known, Accession.Rules rules) {
        if (one.readBack.wrong.isPresent()) {
            return Outcome.Refused.because(
                    Finding.Code.NOT_READ_BACK, one.readBack.wrong.get() + "; look at the landing element");
        }
        Decision decision = Accession.decide(
                one.file.id,
                one.file.said,
                new Measured(one.file.said.size(), one.landed.measured()),
                known.flatMap(Holding::file),
                rules);
        return switch (decision) {
            case Decision.Register register -> new Outcome.Registered(register.row());
            case Decision.Already already -> new Outcome.Already(already.row());
            case Decision.Refuse refuse -> new Outcome.Refused(refuse.findings());
        };
    }

    private CopyRow copy(Ready one, StorageName landing) {
        Instant now = desk.clock.now();
        boolean proved = one.readBack.proof.isPresent();
        return new CopyRow(
                one.file.id,
                landing,
                proved ? CopyState.PROVED : CopyState.ARRIVED,
                one.landed.path(),
                one.landed.writing(),
                one.landed.locator(),
                one.readBack.proof.map(Proof::at).orElse(now),
                one.readBack.proof,
                now,
                Optional.empty());
    }

    /**
     * Registered files whose copy at the landing element was damaged or gone have one again now. Not where that was found
     * after these bytes were landed: then it may be these that are gone.
     */
    private void returned(List<Ready> ready, Map<Arriving, Outcome> outcomes, StorageName landing) {
        List<Ready> again = ready.stream()
                .filter(r -> outcomes.get(r.file) instanceof Outcome.Already)
                .toList();
        if (again.isEmpty()) {
            return;
        }
        desk.journal.append(INTAKE, connection -> {
            Map<DataId, Holding> now = lock(connection, again);
            List<CopyRow> copies = new ArrayList<>();
            List<FileRow> found = new ArrayList<>();
            for (Ready one : again) {
                Optional<Holding> holding = Optional.ofNullable(now.get(one.file.id));
                boolean free = holding.stream()
                        .flatMap(h -> h.copies().stream())
                        .filter(c -> c.storage().equals(landing))
                        .allMatch(c -> c.state().isDamage() && c.since().isBefore(one.began));
                Optional<FileRow> row = holding.flatMap(Holding::file);
                if (free && row.isPresent()) {
                    copies.add(copy(one, landing));
                    row.filter(FileRow::lost).map(FileRow::bytesReturned).ifPresent(found::add);
                    outcomes.put(one.file, new Outcome.Returned(row.get()));
                }
            }
            return copies.isEmpty() ? Optional.<Fact>empty() : Optional.of(new BytesReturned(found, copies));
        });
    }
}
