package holdfast.server.config;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow;
import holdfast.ingest.Submission;
import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.Holding;
import holdfast.plan.Attributes;
import holdfast.server.embedded.TestDatabase;
import holdfast.server.work.FixitySettings;
import holdfast.server.work.FixityWorker;
import holdfast.server.work.Intake;
import holdfast.storage.ProofKind;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The whole house as the server builds it, on a laboratory's plan, with its rounds taken by hand. A plan that lies in its
 * folder already, as {@code lab.yaml}, stays.
 */
final class Laboratory implements AutoCloseable {
    static final StorageName HOME = new StorageName("HOME-RAW");
    static final StorageName NEAR = new StorageName("NEAR-RAW");
    static final StorageName FAR = new StorageName("FAR-RAW");
    static final Scope RAW = new Scope("raw");

    private final TestDatabase database;
    private final Path folder;
    final House house;

    Laboratory(TestDatabase database, Path folder) throws Exception {
        this(database, folder, "lab-policy.yaml");
    }

    /** The same plan under another policy. */
    Laboratory(TestDatabase database, Path folder, String policy) throws Exception {
        this(database, folder, policy, Ports.open());
    }

    /** The same through these ports. */
    Laboratory(TestDatabase database, Path folder, String policy, Ports ports) throws Exception {
        this(database, folder, policy, ports, UnaryOperator.identity());
    }

    /** The same with another text of the sites file, whose elements may stand on this machine. */
    Laboratory(TestDatabase database, Path folder, String policy, Ports ports, UnaryOperator<String> sites)
            throws Exception {
        this.database = database;
        this.folder = folder;
        Path plan = Files.exists(folder.resolve("lab.yaml")) ? folder.resolve("lab.yaml") : file("lab.yaml");
        Options.Files files = new Options.Files(plan, file("lab-sites.yaml"), file(policy));
        Files.writeString(files.sites(), sites.apply(Files.readString(files.sites())));
        Optional<String> at = Optional.of(address(database));
        house = House.on(
                new Options(
                        folder.resolve("data"),
                        0,
                        Optional.of(files),
                        at,
                        Optional.empty(),
                        true,
                        Optional.empty(),
                        Optional.of(folder.resolve("issuers.yaml")).filter(Files::exists),
                        Optional.empty(),
                        Listening.LOOPBACK),
                ports);
        house.watcher.step();
    }

    /** Lays one of the other plans for laboratories into a folder, before one is built there. */
    static void plan(Path folder, String name) throws IOException {
        try (InputStream in = Laboratory.class.getResourceAsStream("/lab/" + name)) {
            Files.write(folder.resolve("lab.yaml"), in.readAllBytes());
        }
    }

    private Path file(String name) throws IOException {
        Path copy = folder.resolve(name);
        try (InputStream in = Laboratory.class.getResourceAsStream("/lab/" + name)) {
            Files.write(copy, in.readAllBytes());
        }
        return copy;
    }

    static String address(TestDatabase database) {
        if (database.user().isEmpty()) {
            return database.jdbcUrl();
        }
        String more = database.jdbcUrl().contains("?") ? "&" : "?";
        return database.jdbcUrl() + more + "user=" + database.user() + "&password=" + database.password();
    }

    /** The URL of its database, with user and password. */
    String address() {
        return address(database);
    }

    static DataId id(String name) {
        return new DataId(RAW, name);
    }

    /** Sends bytes in under a name. */
    Intake.Outcome send(DataId id, byte[] bytes) {
        return house.intake.take(List.of(arriving(id, bytes))).getFirst();
    }

    static Intake.Arriving arriving(DataId id, byte[] bytes) {
        Submission said = new Submission(
                id.name(),
                Optional.of(id.scope()),
                new ByteSize(bytes.length),
                Digests.NONE,
                Attributes.NONE,
                "detector");
        return new Intake.Arriving(id, said, Digests.NONE, () -> new ByteArrayInputStream(bytes));
    }

    static byte[] bytes(String text) {
        return text.repeat(40).getBytes(StandardCharsets.UTF_8);
    }

    /** Takes all rounds until none has anything to do. */
    void rest() {
        int did;
        do {
            did = house.attendant.step();
            for (StorageName element : elements()) {
                did += house.mover.step(element, 200);
                did += house.fixity.step(element);
            }
        } while (did > 0);
    }

    List<StorageName> elements() {
        return house.adoption.get().sites().all().stream()
                .map(StorageElement::name)
                .toList();
    }

    /** A fixity worker to which every proof is old. */
    FixityWorker impatient() {
        return new FixityWorker(
                house.workplace,
                new FixitySettings(
                        500,
                        1L << 30,
                        2,
                        1e-9,
                        Duration.ofHours(1),
                        Duration.ofMillis(1),
                        Duration.ofHours(1),
                        Duration.ofMinutes(1)));
    }

    ClauseVerdict verdict(String clause) {
        return house.assessor.assess(10, Duration.ofMinutes(5)).verdicts().stream()
                .filter(v -> v.clause().id().equals(new ClauseId(clause)))
                .findFirst()
                .orElseThrow();
    }

    Holding holding(DataId id) {
        return house.database
                .read(connection -> house.holdings.find(connection, id))
                .orElseThrow();
    }

    Optional<CopyRow> copy(DataId id, StorageName at) {
        return holding(id).copies().stream().filter(c -> c.storage().equals(at)).findFirst();
    }

    Path path(CopyRow copy) {
        return folder.resolve("data/elements")
                .resolve(copy.storage().name())
                .resolve(copy.path().path());
    }

    Path data() {
        return folder.resolve("data");
    }

    /** A file's row as the intake would write it, for files whose bytes nobody reads. */
    FileRow row(DataId id, long size) {
        return new FileRow(
                id,
                new ByteSize(size),
                Digests.of(holdfast.vocabulary.Digest.sha256(id.name().getBytes(StandardCharsets.UTF_8))),
                FileRow.DigestOrigin.ARRIVAL,
                Optional.of(new FileRow.Belonging(new ClassId("raw"), new LevelId(4))),
                Attributes.NONE,
                house.clock.now(),
                new FileRow.Source("detector", FileRow.SourceState.HELD),
                false,
                false);
    }

    CopyRow copy(DataId id, StorageName at, CopyState state) {
        var now = house.clock.now();
        Optional<CopyRow.Proof> proof = state == CopyState.PROVED
                ? Optional.of(new CopyRow.Proof(now, ProofKind.WHOLE_READ, true))
                : Optional.empty();
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

    long count(String sql) {
        return Long.parseLong(rows(sql).getFirst());
    }

    /** The first column of each row. */
    List<String> rows(String sql) {
        return house.database.read(connection -> {
            List<String> rows = new ArrayList<>();
            try (Statement select = connection.createStatement();
                    ResultSet row = select.executeQuery(sql)) {
                while (row.next()) {
                    rows.add(row.getString(1));
                }
            }
            return rows;
        });
    }

    @Override
    public void close() throws Exception {
        house.close();
        database.close();
    }
}
