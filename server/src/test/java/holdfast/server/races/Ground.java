package holdfast.server.races;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import holdfast.catalog.CopyRow;
import holdfast.catalog.FileRow;
import holdfast.custody.InForce;
import holdfast.evidence.FactKinds;
import holdfast.evidence.Ledger;
import holdfast.journal.Journal.Appended;
import holdfast.judgement.Holding;
import holdfast.judgement.Judge;
import holdfast.judgement.Surroundings;
import holdfast.judgement.Verdict;
import holdfast.plan.Duty;
import holdfast.plan.Obligation;
import holdfast.plan.PlanFact.PlanAdopted;
import holdfast.server.catalog.ScopeModes;
import holdfast.server.config.Adoption;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.MemoryDriver;
import holdfast.server.sql.Database;
import holdfast.server.sql.Entries;
import holdfast.server.sql.Registry;
import holdfast.server.sql.Rows;
import holdfast.server.sql.SqlJournal;
import holdfast.server.sql.StateRows;
import holdfast.server.sql.Words;
import holdfast.server.sql.Words.Kind;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where interleavings are played: one database, three nodes on it, and three disks that are maps. It is swept empty before
 * each, so that a seed alone says what happens.
 */
final class Ground implements AutoCloseable {
    static final StorageName HOME = new StorageName("HOME-RAW");
    static final StorageName NEAR = new StorageName("NEAR-RAW");
    static final StorageName FAR = new StorageName("FAR-RAW");
    private static final Logger QUIET = Logger.getLogger("holdfast.server");
    private static final Instant BEGIN = Instant.parse("2026-05-04T08:00:00Z");

    static {
        // Releases that are withheld say so, thousands of times here.
        QUIET.setLevel(Level.WARNING);
    }

    private final HikariDataSource real;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicReference<Instant> time = new AtomicReference<>(BEGIN);
    private final Map<StorageName, MemoryDriver> disks = new TreeMap<>();
    private final String sweep;
    private final String tables;
    private final Connection watch;
    private Map<StorageName, ElementDriver> drivers = Map.of();
    private final Node witness;
    private int swept;
    private @Nullable Turns playing;
    private final List<String> removed = new ArrayList<>();
    private Runnable beforeBytesGo = () -> {};
    private final Adoption.Texts firstTexts;
    private final InForce first;
    private final AtomicReference<InForce> inForce;
    final List<Node> nodes = new ArrayList<>();

    Ground(String url, String user, String password) throws Exception {
        real = pool(url, user, password);
        firstTexts = new Adoption.Texts(text("lab.yaml"), text("lab-sites.yaml"), text("lab-policy.yaml"));
        first = Adoption.read(firstTexts);
        inForce = new AtomicReference<>(first);
        // What it remembers for a while is read outside of the interleavings, which would not replay otherwise.
        Database plain = new Database(real);
        SqlJournal journal = new SqlJournal(plain, new Rows(new Words(plain)), time::get);
        ScopeModes modes = new ScopeModes(new Registry(plain, journal));
        for (int i = 0; i < 3; i++) {
            nodes.add(new Node(Gated.source(real), time::get, inForce::get, () -> drivers, modes));
        }
        witness = new Node(real, time::get, inForce::get, () -> drivers, modes);
        watch = real.getConnection();
        execute("do $$ begin execute format('alter database %I set synchronous_commit = off', current_database()); end"
                + " $$");
        List<String> all = rows("select tablename from pg_tables where schemaname = 'public' and tablename not in"
                + " ('flyway_schema_history', 'word', 'journal_tree') order by 1");
        tables = String.join(", ", all);
        sweep = all.stream().map(table -> "delete from " + table).collect(Collectors.joining("; "));
        nodes.forEach(this::learnWords);
        learnWords(witness);
        real.getHikariPoolMXBean().softEvictConnections();
    }

    private static HikariDataSource pool(String url, String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        if (!user.isEmpty()) {
            config.setUsername(user);
            config.setPassword(password);
        }
        config.setMaximumPoolSize(9);
        config.setMinimumIdle(4);
        return new HikariDataSource(config);
    }

    private static String text(String name) throws IOException {
        try (InputStream in = Ground.class.getResourceAsStream("/lab/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void learnWords(Node node) {
        for (StorageElement element : first.sites().all()) {
            node.words.number(Kind.STORAGE, element.name().name());
        }
        node.words.number(Kind.SCOPE, "raw");
        node.words.number(Kind.CLASS, "raw");
        node.words.number(Kind.SOURCE, "detector");
        rows("select id::text from word").forEach(id -> node.words.text(Integer.parseInt(id)));
    }

    /** Begins with nothing. */
    void sweep() {
        execute(sweep
                + "; update journal_tree set size = 0, peaks = '', low_entry = 0, mark_entry = 0, mark_xid = '0'");
        if (++swept % 50 == 0) {
            execute("vacuum " + tables + ", journal_tree");
        }
        playing = null;
        time.set(BEGIN);
        inForce.set(first);
        disks.clear();
        removed.clear();
        beforeBytesGo = () -> {};
        Map<StorageName, ElementDriver> gated = new TreeMap<>();
        for (StorageName name : List.of(HOME, NEAR, FAR)) {
            MemoryDriver disk = new MemoryDriver();
            disks.put(name, disk);
            gated.put(name, Gated.driver(name.name(), disk, path -> mayGo(name, path)));
        }
        drivers = gated;
        nodes.forEach(Node::begin);
    }

    /** Begins with nothing but a plan in force. */
    void begin() {
        sweep();
        adopt(firstTexts);
    }

    /** What one race asks beside, at the moment at which bytes are about to go; it throws {@link Unlawful}. */
    void beforeBytesGo(Runnable look) {
        beforeBytesGo = look;
    }

    /** Sees what is committed, and takes no turns. */
    Node witness() {
        return witness;
    }

    /** What was removed from disks, as {@code ELEMENT PATH}. */
    List<String> removed() {
        return removed;
    }

    /**
     * Bytes are about to go: by all that is committed at this very moment, no hold stands, and the file's duties of
     * placement are met without this copy, and no rule locks it.
     */
    private void mayGo(StorageName from, StoragePath path) {
        removed.add(from + " " + path.path());
        beforeBytesGo.run();
        PlanAdopted plan = witness.database.read(witness.state::adopted).orElseThrow();
        Surroundings here =
                witness.database.read(connection -> witness.state.surroundings(connection, Node.read(plan)));
        if (!rows("select line from hold").isEmpty()) {
            throw new Unlawful("bytes go while a hold stands");
        }
        for (Holding holding : holdings(witness)) {
            Optional<CopyRow> going = holding.copies().stream()
                    .filter(c -> c.storage().equals(from) && c.path().equals(path))
                    .findFirst();
            if (going.isPresent()) {
                refuseLocked(going.get());
                Holding without = new Holding(
                        holding.id(),
                        holding.file(),
                        holding.expected(),
                        holding.copies().stream()
                                .filter(c -> !c.equals(going.get()))
                                .toList());
                here.plan().clauses().values().stream()
                        .flatMap(clause -> clause.must().stream())
                        .map(Duty::obligation)
                        .filter(Obligation::places)
                        .filter(duty -> Judge.judge(duty, without, here, now()).verdict() != Verdict.MET)
                        .forEach(duty -> {
                            throw new Unlawful("bytes of " + going.get() + " go, and without them is not met: " + duty);
                        });
            }
        }
    }

    private void refuseLocked(CopyRow going) {
        Optional<String> rule = Optional.ofNullable(witness.database
                .read(connection -> witness.promises.of(connection, List.of(going.id())))
                .getOrDefault(going.id(), Map.of())
                .get(going.storage()));
        if (rule.isPresent()) {
            throw new Unlawful("bytes of " + going + " go, and they are locked by " + rule.get());
        }
    }

    /** Something that no interleaving may do; no error of ours is taken for it. */
    static final class Unlawful extends Error {
        private static final long serialVersionUID = 1;

        Unlawful(String what) {
            super(what);
        }
    }

    /** Actors that take turns as this seed gives. */
    Turns turns(Random random) {
        playing = new Turns(random, this::waits);
        return playing;
    }

    /** The steps of the last interleaving. */
    List<String> trace() {
        return playing == null ? List.of() : playing.trace();
    }

    ExecutorService threads() {
        return threads;
    }

    Node node(int number) {
        return nodes.get(number);
    }

    MemoryDriver disk(StorageName name) {
        return disks.get(name);
    }

    Instant now() {
        return time.get();
    }

    void set(Instant moment) {
        time.set(moment);
    }

    InForce inForce() {
        return inForce.get();
    }

    /** Another plan is in force from now on. */
    void adopt(Adoption.Texts texts) {
        PlanAdopted fact = fact(texts);
        Appended appended = node(0).journal.append(fact, Cast.ANYONE);
        if (!(appended instanceof Appended.Done)) {
            throw new AssertionError("not adopted: " + appended);
        }
        inForce.set(Node.read(fact));
    }

    static PlanAdopted fact(Adoption.Texts texts) {
        Digest digest = Digest.sha256(texts.plan().getBytes(StandardCharsets.UTF_8));
        return new PlanAdopted("1", digest, texts.plan(), texts.sites(), texts.policy());
    }

    Adoption.Texts firstTexts() {
        return firstTexts;
    }

    /** Everything that is registered or expected, in the order of names. */
    List<Holding> holdings() {
        return holdings(node(0));
    }

    private static List<Holding> holdings(Node node) {
        return node.database.read(connection -> {
            List<Holding> all = new ArrayList<>();
            for (long home : node.homes.all(connection)) {
                all.addAll(node.holdings.home(connection, home));
            }
            all.sort(Comparator.comparing(Holding::id));
            return all;
        });
    }

    FileRow file(DataId id) {
        Node node = node(0);
        return node.database
                .read(connection -> node.holdings.find(connection, id))
                .flatMap(Holding::file)
                .orElseThrow();
    }

    /** Time goes on, as a step of an actor. */
    void pass(Duration duration) {
        Turns.before("time goes on by " + duration);
        time.updateAndGet(now -> now.plus(duration));
    }

    private boolean waits(int session, List<Integer> others) {
        String by = others.stream().map(String::valueOf).collect(Collectors.joining(","));
        return rows("select (pg_blocking_pids(" + session + ") && '{" + by + "}'::int[])::text")
                .equals(List.of("true"));
    }

    /**
     * What holds after every interleaving: the rows are the journal folded, and no fact took effect twice.
     *
     * @throws AssertionError with what differs
     */
    void check() {
        Ledger ledger = new Ledger();
        Chronicle chronicle = new Chronicle(ledger);
        Node node = node(0);
        List<String> rows = new StateRows(node.database, new Entries(node.database), node.words).lines(entry -> {
            chronicle.look(FactKinds.read(entry));
            ledger.apply(entry);
        });
        try (Stream<String> folded = ledger.stateLines()) {
            List<String> fold = folded.toList();
            if (!fold.equals(rows)) {
                throw new AssertionError("rows are not the journal folded:\nfold " + String.join("\n  ", fold)
                        + "\nrows " + String.join("\n  ", rows));
            }
        }
    }

    /** What attending added up is what attending everything again adds up. */
    void summariesAreFresh() {
        node(0).attendAll();
        if (!rows("select home::text from due").isEmpty()) {
            throw new AssertionError("something is due and nobody attends it");
        }
        List<String> kept = summaries();
        execute("insert into due(home) select home from directory");
        node(0).attendAll();
        List<String> fresh = summaries();
        if (!kept.equals(fresh)) {
            throw new AssertionError("summaries are stale:\nkept  " + String.join("\n  ", kept) + "\nfresh "
                    + String.join("\n  ", fresh));
        }
    }

    private List<String> summaries() {
        return rows(
                "select t::text from tally t union all select h::text from held h union all select c::text from census"
                        + " c union all select s::text from shortfall s union all select concat_ws(' ', 'stored', s::text)"
                        + " from stored s union all select concat_ws(' ', 'demand', home, leaf, storage_id) from demand"
                        + " order by 1");
    }

    /** The first column of each row, on a connection of its own that takes no turns. */
    List<String> rows(String sql) {
        try (Statement select = watch.createStatement();
                ResultSet row = select.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(row.getString(1));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    void execute(String sql) {
        try (Statement statement = watch.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() throws SQLException {
        watch.close();
        real.close();
        threads.close();
    }
}
