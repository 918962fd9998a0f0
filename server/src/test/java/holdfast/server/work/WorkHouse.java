package holdfast.server.work;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow;
import holdfast.custody.InForce;
import holdfast.ingest.IngestFact.FilesRegistered;
import holdfast.ingest.NamePattern;
import holdfast.ingest.NamingPolicy;
import holdfast.journal.Journal.Appended;
import holdfast.plan.Attributes;
import holdfast.plan.Basis;
import holdfast.plan.ClassRule;
import holdfast.plan.Clause;
import holdfast.plan.Duty;
import holdfast.plan.Level;
import holdfast.plan.Limits;
import holdfast.plan.MemberSource;
import holdfast.plan.Obligation;
import holdfast.plan.Plan;
import holdfast.plan.Sites;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.PosixDriver;
import holdfast.server.drivers.Start;
import holdfast.server.embedded.TestDatabase;
import holdfast.server.sql.Database;
import holdfast.server.sql.Holdings;
import holdfast.server.sql.Leases;
import holdfast.server.sql.Rows;
import holdfast.server.sql.SqlJournal;
import holdfast.server.sql.Words;
import holdfast.storage.Condition;
import holdfast.storage.Medium;
import holdfast.storage.Place;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.LevelId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import holdfast.vocabulary.StoragePath.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.Adler32;
import org.flywaydb.core.Flyway;

/** A house of real parts for the workers' tests: a database of its own, elements in folders, and a clock to be set. */
final class WorkHouse implements AutoCloseable {
    static final Instant BEGIN = Instant.parse("2026-05-04T08:00:00Z");
    static final StorageName DISK = new StorageName("LAB-DISK");
    static final SiteName LAB = new SiteName("LAB");
    static final Scope SCOPE = new Scope("raw");

    private final TestDatabase home;
    private final HikariDataSource pool;
    private final AtomicReference<Instant> time = new AtomicReference<>(BEGIN);
    private final AtomicReference<Limits> limits = new AtomicReference<>(Limits.DEFAULTS);
    private final Map<StorageName, StorageElement> elements = new TreeMap<>();
    private final Map<StorageName, ElementDriver> drivers = new TreeMap<>();
    private final Path folder;
    final Database database;
    final Words words;
    final SqlJournal journal;
    final Workplace place;

    WorkHouse(Path folder) {
        this.folder = folder;
        home = TestDatabase.fresh(
                "work-house",
                fresh -> Flyway.configure()
                        .dataSource(fresh.jdbcUrl(), fresh.user(), fresh.password())
                        .load()
                        .migrate());
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(home.jdbcUrl());
        if (!home.user().isEmpty()) {
            config.setUsername(home.user());
            config.setPassword(home.password());
        }
        config.setMaximumPoolSize(6);
        pool = new HikariDataSource(config);
        database = new Database(pool);
        words = new Words(database);
        journal = new SqlJournal(database, new Rows(words), time::get);
        place = new Workplace(
                database,
                words,
                journal,
                new Leases(database, time::get),
                time::get,
                Drivers.of(drivers),
                () -> new InForce(plan(limits.get()), sites(), naming()));
    }

    Instant now() {
        return time.get();
    }

    void pass(Duration duration) {
        time.updateAndGet(now -> now.plus(duration));
    }

    Path root(StorageName element) {
        return folder.resolve(element.name());
    }

    /** A disk in a folder, marked as ours. */
    ElementDriver disk() {
        PosixDriver driver = posix(DISK);
        driver.initialise(true);
        add(DISK, Medium.ARCHIVAL_DISK, driver);
        return driver;
    }

    PosixDriver posix(StorageName name) {
        return new PosixDriver(name, PosixDriver.Settings.of(root(name)), new Start(UUID.randomUUID(), now()));
    }

    void add(StorageName name, Medium medium, ElementDriver driver) {
        Place somewhere = new Place(Optional.empty(), Optional.empty(), Optional.empty());
        add(
                new StorageElement(
                        name,
                        LAB,
                        somewhere,
                        Optional.of(medium),
                        StorageElement.Use.IN_USE,
                        Optional.empty(),
                        new StorageElement.DriverChoice("posix", Map.of())),
                driver);
    }

    void add(StorageElement element, ElementDriver driver) {
        elements.put(element.name(), element);
        drivers.put(element.name(), driver);
    }

    /** Puts another driver in the place of an element's. */
    void replace(StorageName name, ElementDriver driver) {
        drivers.put(name, driver);
    }

    /** Registers files whose bytes are laid out on the disk without the driver, which would sync each. */
    List<DataId> files(int count, int size) {
        List<DataId> ids = new ArrayList<>(count);
        List<FileRow> files = new ArrayList<>(count);
        List<CopyRow> copies = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            DataId id = new DataId(SCOPE, "/lab/raw/run%d/file%06d.dat".formatted(i / 1000, i));
            byte[] bytes = bytes(id, size);
            lay(id, 0, bytes);
            ids.add(id);
            files.add(file(id, bytes));
            copies.add(copy(id, 0));
        }
        register(files, copies);
        return ids;
    }

    DataId file(String name, byte[] bytes) {
        DataId id = new DataId(SCOPE, name);
        lay(id, 0, bytes);
        register(List.of(file(id, bytes)), List.of(copy(id, 0)));
        return id;
    }

    void register(List<FileRow> files, List<CopyRow> copies) {
        Appended appended = journal.append(new FilesRegistered(files, copies), new Actor("ingest"));
        if (!(appended instanceof Appended.Done)) {
            throw new AssertionError(appended);
        }
    }

    void lay(DataId id, int writing, byte[] bytes) {
        try {
            Path path = path(id, writing);
            Files.createDirectories(path.getParent());
            Files.write(path, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path(DataId id) {
        return path(id, 0);
    }

    Path path(DataId id, int writing) {
        return root(DISK).resolve(StoragePath.of(id, Layout.NAME, writing).path());
    }

    static byte[] bytes(DataId id, int size) {
        byte[] bytes = new byte[size];
        new java.util.Random(id.name().hashCode()).nextBytes(bytes);
        return bytes;
    }

    FileRow file(DataId id, byte[] bytes) {
        return new FileRow(
                id,
                new ByteSize(bytes.length),
                digests(bytes),
                FileRow.DigestOrigin.SOURCE,
                Optional.of(new FileRow.Belonging(new ClassId("raw"), new LevelId(4))),
                Attributes.NONE,
                now(),
                new FileRow.Source("lab", FileRow.SourceState.HELD),
                false,
                false);
    }

    CopyRow copy(DataId id, int writing) {
        return copy(id, DISK, writing);
    }

    CopyRow copy(DataId id, StorageName storage, int writing) {
        return new CopyRow(
                id,
                storage,
                CopyState.ARRIVED,
                StoragePath.of(id, Layout.NAME, writing),
                writing,
                Optional.empty(),
                now(),
                Optional.empty(),
                now(),
                Optional.empty());
    }

    CopyRow row(DataId id) {
        return database.read(connection ->
                new Holdings(words).find(connection, id).orElseThrow().copies().getFirst());
    }

    Condition condition(StorageName name) {
        return place.condition(name);
    }

    long count(String sql) {
        return database.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    long entries() {
        return count("select count(*) from journal_entry");
    }

    static Digests digests(byte[] bytes) {
        Adler32 adler = new Adler32();
        adler.update(bytes);
        return Digests.of(
                new Digest(Algorithm.ADLER32, "%08x".formatted(adler.getValue())),
                Digest.of(Algorithm.MD5, Digest.md5().digest(bytes)),
                Digest.sha256(bytes));
    }

    private Sites sites() {
        return new Sites(elements, Map.of(), elements.keySet().iterator().next(), "UTC", noDigest());
    }

    private static NamingPolicy naming() {
        return new NamingPolicy(
                new NamePattern(".*"), 250, List.of(), Layout.NAME, List.of(), Optional.empty(), noDigest());
    }

    /** The plan has these limits from now on. */
    void limits(Limits other) {
        limits.set(other);
    }

    static Plan plan() {
        return plan(Limits.DEFAULTS);
    }

    private static Plan plan(Limits limits) {
        LevelId level = new LevelId(4);
        Map<ClauseId, Clause> clauses = new TreeMap<>();
        clause(clauses, "P-1", new Obligation.CheckedEvery(Duration.ofDays(60), Duration.ofDays(365)));
        clause(clauses, "P-2", new Obligation.Opened("root"));
        clause(clauses, "P-3", new Obligation.Catalogued(Duration.ofDays(7)));
        clause(clauses, "P-21", new Obligation.OpenTo(Level.Audience.MEMBERS, Duration.ofHours(24)));
        return new Plan(
                "lab",
                "A laboratory's plan",
                "1",
                noDigest(),
                Map.of(),
                Map.of(),
                List.of(rule("raw", level, "/lab/raw", true), rule("derived", level, "/lab/derived", false)),
                clauses,
                limits,
                Map.of(),
                new MemberSource(MemberSource.From.ACCOUNTS, Duration.ofHours(24)));
    }

    private static ClassRule rule(String name, LevelId level, String prefix, boolean undeletable) {
        return new ClassRule(new ClassId(name), level, List.of("*"), Optional.of(prefix), Map.of(), false, undeletable);
    }

    private static void clause(Map<ClauseId, Clause> clauses, String id, Obligation obligation) {
        clauses.put(
                new ClauseId(id),
                new Clause(
                        new ClauseId(id),
                        "1",
                        "says so",
                        "the lab",
                        Optional.empty(),
                        Set.of(new ClassId("raw")),
                        Clause.Standing.DUTY,
                        List.of(new Duty(obligation, Basis.PLAN, Optional.empty())),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        true));
    }

    private static Digest noDigest() {
        return Digest.sha256(new byte[0]);
    }

    @Override
    public void close() {
        pool.close();
        home.close();
    }
}
