package holdfast.server.config;

import com.zaxxer.hikari.HikariDataSource;
import holdfast.custody.InForce;
import holdfast.retention.Hold;
import holdfast.server.adoption.Adopting;
import holdfast.server.api.rucio.wire.Caller;
import holdfast.server.catalog.AccountUsage;
import holdfast.server.catalog.Accounts;
import holdfast.server.catalog.Collections;
import holdfast.server.catalog.Distances;
import holdfast.server.catalog.LifetimeExceptions;
import holdfast.server.catalog.Limits;
import holdfast.server.catalog.MetaConventions;
import holdfast.server.catalog.OpenData;
import holdfast.server.catalog.Permissions;
import holdfast.server.catalog.Places;
import holdfast.server.catalog.Replicas;
import holdfast.server.catalog.RseChanges;
import holdfast.server.catalog.RseElements;
import holdfast.server.catalog.RseProtocols;
import holdfast.server.catalog.RseUsage;
import holdfast.server.catalog.Rses;
import holdfast.server.catalog.RuleBook;
import holdfast.server.catalog.RuleKeeper;
import holdfast.server.catalog.RuleViews;
import holdfast.server.catalog.ScopeModes;
import holdfast.server.catalog.Scopes;
import holdfast.server.catalog.Settings;
import holdfast.server.catalog.SubscriptionRound;
import holdfast.server.catalog.Subscriptions;
import holdfast.server.catalog.TransferLimits;
import holdfast.server.clock.DatabaseClock;
import holdfast.server.clock.HouseClock;
import holdfast.server.drivers.DurableFile;
import holdfast.server.edge.DeniedLog;
import holdfast.server.edge.Edge;
import holdfast.server.edge.FrontEnds;
import holdfast.server.embedded.EmbeddedPostgres;
import holdfast.server.keeping.Auditor;
import holdfast.server.keeping.DamageCount;
import holdfast.server.keeping.DamageFound;
import holdfast.server.keeping.EvidenceExport;
import holdfast.server.keeping.HoldWatch;
import holdfast.server.keeping.JournalKeeper;
import holdfast.server.keeping.KeptBundles;
import holdfast.server.keeping.LossForecaster;
import holdfast.server.keeping.Outside;
import holdfast.server.keeping.SigningKey;
import holdfast.server.movers.Elements;
import holdfast.server.movers.Mover;
import holdfast.server.movers.Sources;
import holdfast.server.publishing.PublishWorker;
import holdfast.server.reading.Offers;
import holdfast.server.reading.Reader;
import holdfast.server.reading.Recalls;
import holdfast.server.rebuild.RestoreDrill;
import holdfast.server.shift.ShiftReport;
import holdfast.server.sql.ActTables;
import holdfast.server.sql.ArchiveTable;
import holdfast.server.sql.Breaches;
import holdfast.server.sql.Database;
import holdfast.server.sql.DemandTable;
import holdfast.server.sql.Drilled;
import holdfast.server.sql.Entries;
import holdfast.server.sql.Holdings;
import holdfast.server.sql.Homes;
import holdfast.server.sql.Leases;
import holdfast.server.sql.LossSums;
import holdfast.server.sql.Memory;
import holdfast.server.sql.Progress;
import holdfast.server.sql.RecallTable;
import holdfast.server.sql.Refill;
import holdfast.server.sql.Registry;
import holdfast.server.sql.Rows;
import holdfast.server.sql.ScopesInUse;
import holdfast.server.sql.Sequencer;
import holdfast.server.sql.SqlJournal;
import holdfast.server.sql.State;
import holdfast.server.sql.StateRows;
import holdfast.server.sql.StoredTable;
import holdfast.server.sql.Verdicts;
import holdfast.server.sql.Wants;
import holdfast.server.sql.Words;
import holdfast.server.work.Acts;
import holdfast.server.work.Assessor;
import holdfast.server.work.Attendant;
import holdfast.server.work.Bustle;
import holdfast.server.work.Cartridges;
import holdfast.server.work.DoorRound;
import holdfast.server.work.Downtimes;
import holdfast.server.work.Dumps;
import holdfast.server.work.ExpiryWorker;
import holdfast.server.work.Explainer;
import holdfast.server.work.FixitySettings;
import holdfast.server.work.FixityWorker;
import holdfast.server.work.Intake;
import holdfast.server.work.Listing;
import holdfast.server.work.ListingSettings;
import holdfast.server.work.Loads;
import holdfast.server.work.OpenerRound;
import holdfast.server.work.OpenerSettings;
import holdfast.server.work.ProbeSettings;
import holdfast.server.work.RecallDrills;
import holdfast.server.work.ReleaseCircumstances;
import holdfast.server.work.ReleaseList;
import holdfast.server.work.ReleaseWorker;
import holdfast.server.work.SiteRemovals;
import holdfast.server.work.WatchSettings;
import holdfast.server.work.Watcher;
import holdfast.server.work.Workplace;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.Visible;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * The house, from the ground up: the database, the journal and its rows, the plan in force, the drivers, and the rounds
 * that keep the data. Whatever a part needs stands above it on this page.
 */
public final class House implements AutoCloseable {
    private static final String FOUNDED = "founded";

    /** How long what a silent node leased stays its own; {@code holdfast.lease.seconds} sets it. */
    static final Duration LEASE = Duration.ofSeconds(Long.getLong("holdfast.lease.seconds", 60));

    /** How long a recall for people stays a node's own without a sign of life, and is remembered after they asked last. */
    private static final Duration RECALL_HELD = Duration.ofMinutes(2);

    private static final Duration RECALL_KEPT = Duration.ofHours(24);

    private final AutoCloseable cluster;
    private final HikariDataSource source;

    final Database database;
    final Words words;
    final HouseClock clock;
    final Memory memory;
    final Entrance entrance;
    final State state;
    final Holdings holdings;
    final Homes homes;
    final Verdicts verdicts;
    final DemandTable demands;
    final Entries entries;
    final Sequencer sequencer;
    final Leases leases;
    final Progress progress;
    final SqlJournal journal;
    final Registry registry;
    final Accounts accounts;
    final Scopes scopes;
    final ScopeModes scopeModes;
    final Permissions permissions;
    final Settings settings;
    final MetaConventions conventions;
    final Limits limits;
    final Subscriptions subscriptions;
    final SubscriptionRound subscriptionRound;
    final LifetimeExceptions lifetimeExceptions;
    final OpenData openData;
    final Replicas replicas;
    final Adoption adoption;
    final Rses rses;
    final RseElements ruleElements;
    final AccountUsage usage;
    final RuleBook ruleBook;
    final RuleKeeper ruleKeeper;
    final RuleViews ruleViews;
    final RseUsage rseUsage;
    final RseChanges rseChanges;
    final RseProtocols rseProtocols;
    final Distances distances;
    final TransferLimits transferLimits;
    final Fleet fleet;
    final People people;
    final DeniedLog denied;
    final Edge.Rates rates = Edge.Rates.stated();
    final FrontEnds frontEnds = FrontEnds.stated();
    final Collections collections;
    final Attendant attendant;
    final Assessor assessor;
    final Explainer explainer;
    final Intake intake;
    final Adopting adopting;
    final Bustle bustle = new Bustle();
    final Mover mover;
    final Recalls recalls;
    final Offers offers;
    final Reader reader;
    final Workplace workplace;
    final FixityWorker fixity;
    final Listing listing;
    final Dumps dumps;
    final Watcher watcher;
    final RecallDrills drills;
    final DoorRound doors;
    final OpenerRound openers;
    final Downtimes downtimes;
    final ReleaseList releaseList;
    final Rehearsal rehearsal;
    final ReleaseWorker releases;
    final PublishWorker publishing;
    final SiteRemovals siteRemovals;
    final ExpiryWorker expiry;
    final Acts acts;
    final HoldWatch holdWatch;
    final RestoreDrill restoreDrill;
    final Drilled drilled;
    final Cartridges cartridges;
    final JournalKeeper keeper;
    final Auditor auditor;
    final DamageFound damage;
    final LossForecaster loss;
    final EvidenceExport evidence;
    final KeptBundles bundles;
    final Breaches breaches;
    final ShiftReport shift;
    final Alarms alarms;
    final Pages pages;
    private final Timetable timetable;

    /** Builds the house on its data folder; nothing moves yet. What was started is ended when a later step fails. */
    public static House on(Options options) throws Exception {
        return on(options, Ports.open());
    }

    /** The same, through these ports. */
    public static House on(Options options, Ports ports) throws Exception {
        DurableFile.folder(ports.disk(), options.data());
        Pool.Address address = address(options);
        try {
            HikariDataSource source = Pool.of(address);
            try {
                return new House(options, ports, address.cluster(), source);
            } catch (Exception e) {
                source.close();
                throw e;
            }
        } catch (Exception e) {
            address.cluster().close();
            throw e;
        }
    }

    private House(Options options, Ports ports, AutoCloseable cluster, HikariDataSource source)
            throws IOException, SQLException, GeneralSecurityException {
        this.cluster = cluster;
        this.source = source;
        // Without the pool's limits: a migration of large tables takes its time.
        Flyway.configure().dataSource(Pool.unlimited(source)).load().migrate();

        DataSource connections = ports.database().apply(source);
        database = new Database(connections);
        words = new Words(database);
        DatabaseClock time = new DatabaseClock(connections);
        clock = ports.clock().apply(time);
        memory = new Memory(database);
        if (Refill.isUnderWay(memory)) {
            throw new IllegalStateException("a rebuild of this database has not come to its end; run `holdfast rebuild`"
                    + " with the same folders again, it goes on where it was cut off");
        }
        entrance = new Entrance(
                new Entrance.Ground(options, ports, database, memory, clock),
                new Entrance.Known(this::mayAct, this::hasLeft, this::came));
        state = new State(words);
        holdings = new Holdings(words);
        homes = new Homes(words);
        verdicts = new Verdicts(words);
        demands = new DemandTable(words);
        entries = new Entries(database);
        sequencer = new Sequencer(database);
        leases = new Leases(database, clock);
        progress = new Progress(database);
        journal = ports.journal().over(database, new Rows(words), clock);

        registry = new Registry(database, journal);
        accounts = new Accounts(registry, clock, founded(memory, clock));
        scopes = new Scopes(new ScopesInUse(database), registry, clock, accounts);
        scopeModes = new ScopeModes(registry);
        settings = new Settings(registry);
        conventions = new MetaConventions(registry, clock);

        adoption = new Adoption(database, state, journal);
        adoption.begin(options.files());
        people = new People(
                new People.Ground(options, database, registry, memory, entries, leases, clock),
                new People.Known(accounts, scopes, entrance.tokens),
                () -> adoption.get().plan());
        denied = new DeniedLog(options.data().resolve("access"), clock::now);
        rses = new Rses(registry, adoption, options.data());
        permissions = new Permissions(accounts, adoption::access, people.members::roles);
        limits = new Limits(registry, accounts, rses);
        ruleElements = new RseElements(rses);
        usage = new AccountUsage(words, limits);
        RuleBook.Desk ruleDesk =
                new RuleBook.Desk(database, words, journal, holdings, clock, ruleElements, usage, scopeModes);
        ruleBook = new RuleBook(ruleDesk);
        ruleKeeper = new RuleKeeper(ruleDesk, leases);
        ruleViews = new RuleViews(database, words);
        rseUsage = new RseUsage(database, new StoredTable(words), registry, clock);
        rseChanges = new RseChanges(registry, rses, clock, rseUsage::isUsed);
        rseProtocols = new RseProtocols(registry);
        distances = new Distances(registry, clock);
        transferLimits = new TransferLimits(registry, rses, clock);
        fleet = new Fleet(options, ports, adoption, clock);
        Supplier<Elements> elements = fleet::all;
        Supplier<InForce> inForce = adoption;

        collections = new Collections(
                new Collections.Desk(database, words, journal, clock, inForce, this::isThere, scopeModes, conventions));
        subscriptions = new Subscriptions(registry, accounts, clock);
        lifetimeExceptions = new LifetimeExceptions(
                new LifetimeExceptions.Desk(database, words, journal, collections, clock), registry);
        openData = new OpenData(registry, collections, clock);
        subscriptionRound = new SubscriptionRound(
                new SubscriptionRound.Desk(database, subscriptions, ruleBook, ruleElements, collections, memory, clock),
                words);
        attendant = new Attendant(
                new Attendant.Desk(database, homes, holdings, state, journal, clock),
                inForce,
                new Loads(database, state, demands));
        assessor = new Assessor(database, new Assessor.Reads(verdicts, state, memory), attendant, inForce, clock);
        explainer = new Explainer(
                database,
                new Explainer.Reads(holdings, state, demands, verdicts, new ArchiveTable(words)),
                inForce,
                clock);
        intake = new Intake(new Intake.Desk(database, holdings, journal, clock), inForce, elements);
        replicas = new Replicas(
                new Replicas.Desk(database, words, holdings, journal, clock),
                new Replicas.Ground(inForce, this::isThere, scopeModes, conventions),
                new Places(rses, this::silent));
        adopting = Takeover.into(this, this::isThere);
        mover = new Mover(
                new Mover.Desk(database, holdings, demands, journal, clock, elements, LEASE),
                new Sources(elements, attendant::surroundings, distances::between),
                () -> adoption.get().naming().layout(),
                adoption::shares);
        recalls = new Recalls(
                fleet::ofSites,
                clock,
                new RecallTable(database, words, RECALL_HELD, RECALL_KEPT),
                Recalls.Settings.DEFAULTS);
        offers = new Offers(new Offers.Desk(database, holdings, attendant::surroundings, clock), replicas, distances);
        reader = new Reader(fleet::ofSites, recalls);
        workplace = new Workplace(
                database, words, journal, leases, clock, name -> Optional.of(fleet.driver(name)), inForce);
        fixity = new FixityWorker(workplace, FixitySettings.DEFAULTS.withLease(LEASE));
        listing = new Listing(
                workplace,
                ListingSettings.DEFAULTS.withLease(LEASE),
                FixitySettings.DEFAULTS,
                adoption.get().naming().layout());
        dumps = new Dumps(workplace);
        watcher = new Watcher(workplace, WatchSettings.DEFAULTS.withLease(LEASE));
        drills = new RecallDrills(
                workplace, WatchSettings.DEFAULTS.withLease(LEASE), FixitySettings.DEFAULTS, new SecureRandom());
        doors = new DoorRound(workplace, ProbeSettings.DEFAULTS.withLease(LEASE));
        openers = new OpenerRound(workplace, OpenerSettings.DEFAULTS.withLease(LEASE), Programs.of(options));
        downtimes = new Downtimes(workplace);
        releaseList = new ReleaseList(database, homes, holdings, journal, clock);
        rehearsal = new Rehearsal(database, homes, holdings, assessor, clock);
        ReleaseCircumstances circumstances = new ReleaseCircumstances(
                state, words, adopted -> Adoption.read(Adoption.texts(adopted)), this::comingHold);
        acts = new Acts(new Acts.Desk(database, words, journal, clock, circumstances, people.signatories));
        cartridges = new Cartridges(database, words, attendant::surroundings, clock);
        expiry = new ExpiryWorker(workplace);
        releases = new ReleaseWorker(workplace, circumstances, people.signatories);
        publishing = new PublishWorker(
                workplace,
                new PublishWorker.Judges(circumstances, people.signatories),
                new PublishWorker.Sources(offers, reader, intake));
        siteRemovals = new SiteRemovals(workplace, circumstances, releases);
        keeper = new JournalKeeper(
                new JournalKeeper.Desk(database, sequencer, entries, leases, memory, clock),
                elements,
                fleet::archives,
                new JournalKeeper.Settings(
                        Outside.in(options.data().resolve("journal"), ports.disk()),
                        SigningKey.ofTheHouse(options.data().resolve("keys"), ports.disk(), memory, clock.now()),
                        1_000,
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(10)));
        holdWatch = new HoldWatch(
                new HoldWatch.Desk(database, entries, memory, journal, clock),
                options.data().resolve("journal/heads.txt"),
                keeper.key().open(),
                time::jumps);
        drilled = new Drilled(memory);
        restoreDrill = new RestoreDrill(
                new RestoreDrill.Desk(journal, entries, clock, elements, fleet::archives),
                new RestoreDrill.Places(
                        options.data().resolve("journal"),
                        options.data().resolve("restore-drill"),
                        options.data().resolve("database")));
        auditor = new Auditor(entries, new StateRows(database, entries, words), assessor, memory, clock);
        damage = new DamageFound(entries);
        loss = new LossForecaster(
                new LossForecaster.Desk(
                        database, new LossSums(words), new DamageCount(entries, memory, clock), memory, clock),
                attendant::surroundings);
        evidence = new EvidenceExport(keeper, entries, memory, inForce, clock);
        bundles = new KeptBundles(
                evidence::write,
                inForce,
                clock,
                new KeptBundles.Shelf(options.data().resolve("evidence"), ports.disk()));
        breaches = new Breaches(words);
        shift = new ShiftReport(
                database,
                new ShiftReport.Reads(
                        breaches, new Wants(words), state, new ActTables(), entries, damage, people.watch),
                assessor,
                clock);
        alarms = new Alarms(this, options, Telling.of(options));
        pages = new Pages(database, assessor, explainer, new Pages.Reads(state, verdicts, entries, sequencer));
        timetable = new Timetable(this);
    }

    /** When this database became a house. */
    private static Instant founded(Memory memory, HouseClock clock) {
        memory.keepFirst(FOUNDED, "", clock.now());
        return memory.recall(FOUNDED).orElseThrow().at();
    }

    /** Recognises the elements, and lets the rounds begin. */
    public void begin() throws IOException {
        holdWatch.look();
        watcher.step();
        timetable.begin();
    }

    @Override
    public void close() throws Exception {
        timetable.close();
        recalls.close();
        alarms.close();
        try {
            leases.giveBack();
        } catch (RuntimeException e) {
            // Without the database they end by themselves.
            System.getLogger(House.class.getName())
                    .log(System.Logger.Level.WARNING, "leases were not given back: " + e.getMessage());
        }
        fleet.close();
        source.close();
        denied.close();
        cluster.close();
    }

    /** Whether somebody made a scope; whether whoever asks may know of it is asked besides. */
    private boolean isThere(Scope scope) {
        return scopes.exists(scope, Visible.EVERYTHING);
    }

    /** Whether an account may act, and whoever acts for it has not left; asked anew each time. */
    private boolean mayAct(Caller caller) {
        return accounts.isActive(caller.account()) && !hasLeft(caller);
    }

    private void came(Caller caller) {
        people.sightings.came(caller);
    }

    private boolean hasLeft(Caller caller) {
        return !people.mayAct(caller);
    }

    private Optional<Hold> comingHold() {
        return holdWatch.coming();
    }

    /** Elements that do not answer now. */
    private Set<StorageName> silent() {
        return attendant.surroundings().conditions().entrySet().stream()
                .filter(e -> e.getValue().silentSince().isPresent())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Pool.Address address(Options options) {
        if (options.databaseUrl().isPresent()) {
            return new Pool.Address(options.databaseUrl().get(), "", "", () -> {});
        }
        EmbeddedPostgres embedded = EmbeddedPostgres.start(
                EmbeddedPostgres.Settings.in(options.data().resolve("database")));
        return new Pool.Address(embedded.jdbcUrl(), embedded.user(), embedded.password(), embedded);
    }
}
