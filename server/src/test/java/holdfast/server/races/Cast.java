package holdfast.server.races;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow;
import holdfast.fixity.FixityFact.CopiesInspected;
import holdfast.fixity.Outcome;
import holdfast.ingest.IngestFact.FilesRegistered;
import holdfast.ingest.Submission;
import holdfast.journal.Journal.Appended;
import holdfast.judgement.Holding;
import holdfast.plan.Attributes;
import holdfast.retention.RetentionFact.CopiesDecided;
import holdfast.server.work.Intake;
import holdfast.storage.ProofKind;
import holdfast.storage.StorageDriver;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.LevelId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import holdfast.vocabulary.StoragePath.Layout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Files, copies and the small acts that races are made of; bytes really stand on the disks. */
final class Cast {
    static final Actor ANYONE = new Actor("race");

    private final Ground ground;

    Cast(Ground ground) {
        this.ground = ground;
    }

    static DataId id(int number) {
        return new DataId(new Scope("raw"), "/lab/raw/run1/file%04d.dat".formatted(number));
    }

    static List<DataId> ids(int count) {
        return IntStream.range(0, count).mapToObj(Cast::id).toList();
    }

    static byte[] bytes(DataId id) {
        return id.name().repeat(3).getBytes(StandardCharsets.UTF_8);
    }

    FileRow file(DataId id) {
        return new FileRow(
                id,
                new ByteSize(bytes(id).length),
                Digests.of(Digest.sha256(bytes(id))),
                FileRow.DigestOrigin.ARRIVAL,
                Optional.of(new FileRow.Belonging(new ClassId("raw"), new LevelId(4))),
                Attributes.NONE,
                ground.now(),
                new FileRow.Source("detector", FileRow.SourceState.HELD),
                false,
                false);
    }

    CopyRow copy(DataId id, StorageName at, CopyState state) {
        Instant now = ground.now();
        Optional<CopyRow.Proof> proof = state == CopyState.ARRIVED
                ? Optional.empty()
                : Optional.of(new CopyRow.Proof(now, ProofKind.WHOLE_READ, true));
        return new CopyRow(
                id,
                at,
                state,
                StoragePath.of(id, Layout.NAME, 0),
                0,
                Optional.empty(),
                now,
                proof,
                now,
                Optional.empty());
    }

    /** Puts the bytes of a copy where its row says they are. */
    CopyRow stands(CopyRow copy) {
        ground.disk(copy.storage()).damage(copy.path(), bytes(copy.id()));
        return copy;
    }

    Appended register(Node node, List<DataId> ids, List<CopyRow> copies) {
        return node.journal.append(
                new FilesRegistered(ids.stream().map(this::file).toList(), copies), ANYONE);
    }

    /** Under the file's lock a copy that is in one of these states takes another, as an inspection would record it. */
    boolean change(Node node, DataId id, StorageName at, CopyState next, List<CopyState> from) {
        return node.journal.append(ANYONE, connection -> {
                    Holding now =
                            node.holdings.lock(connection, List.of(id.key())).get(id);
                    return Optional.ofNullable(now).stream()
                            .flatMap(h -> h.copies().stream())
                            .filter(c -> c.storage().equals(at) && from.contains(c.state()))
                            .findFirst()
                            .map(c -> new CopiesInspected(
                                    List.of(c.state(next, ground.now(), Optional.empty())),
                                    Collections.nCopies(1, Outcome.INTACT)));
                })
                instanceof Appended.Done;
    }

    /** A file with a good copy at each element, and two who may sign. */
    void threeCopies(DataId file) {
        Node node = ground.node(0);
        Signing.begin(node);
        List<CopyRow> copies = List.of(Ground.HOME, Ground.NEAR, Ground.FAR).stream()
                .map(at -> stands(copy(file, at, CopyState.PROVED)))
                .toList();
        register(node, List.of(file), copies);
    }

    /** A copy takes another state as an act would decide. */
    void decide(Node node, DataId id, StorageName at, CopyState next) {
        CopyRow row = copyOf(id, at).orElseThrow().state(next, ground.now(), Optional.empty());
        node.journal.append(new CopiesDecided(CopiesDecided.Decision.READ_AGAIN, List.of(row)), ANYONE);
    }

    boolean isThere(CopyRow copy) {
        return ground.disk(copy.storage()).look(copy.path()) instanceof StorageDriver.Seen.Present;
    }

    Intake.Arriving arriving(DataId id, byte[] bytes) {
        Submission said = new Submission(
                id.name(),
                Optional.of(id.scope()),
                new ByteSize(bytes.length),
                Digests.NONE,
                Attributes.NONE,
                "detector");
        return new Intake.Arriving(id, said, Digests.NONE, () -> new ByteArrayInputStream(bytes));
    }

    Holding holding(DataId id) {
        Node node = ground.node(0);
        return node.database
                .read(connection -> node.holdings.find(connection, id))
                .orElseThrow();
    }

    Optional<CopyRow> copyOf(DataId id, StorageName at) {
        return holding(id).copies().stream().filter(c -> c.storage().equals(at)).findFirst();
    }

    /** The element at which a copy is wanted now. */
    StorageName wanted() {
        return new StorageName(ground.rows("select distinct w.text from demand d join word w on w.id = d.storage_id")
                .getFirst());
    }

    /** Everything goes on to its end with nobody in the way. */
    void carryOn(Node node) {
        for (int i = 0; i < 20; i++) {
            ground.pass(Duration.ofHours(2));
            node.attendAll();
            int carried = 0;
            for (StorageName to : List.of(Ground.HOME, Ground.NEAR, Ground.FAR)) {
                carried += node.mover.step(to, 10);
            }
            if (carried == 0) {
                return;
            }
        }
        throw new AssertionError("it never comes to rest");
    }

    byte[] bytesOf(CopyRow copy) {
        try (InputStream in = ground.disk(copy.storage()).open(copy.path())) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError("the row says " + copy + ", and " + e.getMessage(), e);
        }
    }

    /** No copy that is said to stand is without its bytes. */
    void eachCopyHasItsBytes(List<DataId> ids) {
        for (DataId id : ids) {
            Holding holding = holding(id);
            holding.copies().stream().filter(c -> c.state().stands()).forEach(c -> digestIsThatOf(id, bytesOf(c)));
        }
    }

    void digestIsThatOf(DataId id, byte[] bytes) {
        if (!holding(id)
                .file()
                .orElseThrow()
                .digests()
                .by(Digest.Algorithm.SHA256)
                .equals(Optional.of(Digest.sha256(bytes)))) {
            throw new AssertionError("other bytes stand there than were registered of " + id);
        }
    }

    /** The disks hold a file for each copy that stands, and no more. */
    void oneFileForEachCopy() {
        for (StorageName at : List.of(Ground.HOME, Ground.NEAR, Ground.FAR)) {
            List<String> stand = new ArrayList<>();
            try {
                ground.disk(at).list(file -> stand.add(file.path().path()));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            List<String> rows =
                    ground.rows("select c.path from copy c join word w on w.id = c.storage_id where w.text = '" + at
                            + "' and c.state in ('A', 'P', 'S', 'K') order by 1");
            if (!stand.equals(rows)) {
                throw new AssertionError("at " + at + " stand " + stand + " and the rows name " + rows);
            }
        }
    }
}
