package holdfast.server.races;

import holdfast.access.Roster;
import holdfast.custody.InForce;
import holdfast.plan.MemberSource;
import holdfast.plan.PlanFact.PlanAdopted;
import holdfast.retention.Quorum.Term;
import holdfast.server.catalog.AccountLimits;
import holdfast.server.catalog.AccountUsage;
import holdfast.server.catalog.Collections;
import holdfast.server.catalog.MetaConventions;
import holdfast.server.catalog.RuleBook;
import holdfast.server.catalog.RuleElements;
import holdfast.server.catalog.RuleKeeper;
import holdfast.server.catalog.ScopeModes;
import holdfast.server.clock.HouseClock;
import holdfast.server.config.Adoption;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.members.MemberBook;
import holdfast.server.members.MemberSignatories;
import holdfast.server.members.MemberSync;
import holdfast.server.movers.Elements;
import holdfast.server.movers.Mover;
import holdfast.server.movers.Sources;
import holdfast.server.sql.Database;
import holdfast.server.sql.DemandTable;
import holdfast.server.sql.Holdings;
import holdfast.server.sql.Homes;
import holdfast.server.sql.Leases;
import holdfast.server.sql.Memory;
import holdfast.server.sql.Registry;
import holdfast.server.sql.Rows;
import holdfast.server.sql.RulePromises;
import holdfast.server.sql.Sequencer;
import holdfast.server.sql.SqlJournal;
import holdfast.server.sql.State;
import holdfast.server.sql.Verdicts;
import holdfast.server.sql.Words;
import holdfast.server.work.Acts;
import holdfast.server.work.Assessor;
import holdfast.server.work.Attendant;
import holdfast.server.work.Drivers;
import holdfast.server.work.Intake;
import holdfast.server.work.Loads;
import holdfast.server.work.ReleaseCircumstances;
import holdfast.server.work.ReleaseWorker;
import holdfast.server.work.Signatories;
import holdfast.server.work.Workplace;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath.Layout;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** One node of the house: the real parts of the server on one database, with a clock that is set by hand. */
final class Node {
    private static final Map<PlanAdopted, InForce> READ = new ConcurrentHashMap<>();

    private static final MemberSource ACCOUNTS = new MemberSource(MemberSource.From.ACCOUNTS, Duration.ofHours(24));

    final Database database;
    final Words words;
    final HouseClock clock;
    final State state;
    final Holdings holdings;
    final Homes homes;
    final DemandTable demands;
    final SqlJournal journal;
    Leases leases;
    final Sequencer sequencer;
    Attendant attendant;
    final Intake intake;
    final Mover mover;
    final Memory memory;
    Assessor assessor;
    final Acts acts;
    final RulePromises promises;
    final Collections collections;
    final RuleBook ruleBook;
    final RuleKeeper ruleKeeper;
    private final Supplier<Drivers> drivers;
    private final Supplier<InForce> inForce;
    private final ReleaseCircumstances circumstances;
    ReleaseWorker releaser;
    MemberBook members;
    private volatile MemberSource rule = ACCOUNTS;

    Node(
            DataSource source,
            HouseClock clock,
            Supplier<InForce> inForce,
            Supplier<Map<StorageName, ElementDriver>> disks,
            ScopeModes modes) {
        this.database = new Database(source);
        this.clock = clock;
        this.inForce = inForce;
        this.drivers = () -> Drivers.of(disks.get());
        Supplier<Elements> elements = () -> new Elements(Map.copyOf(disks.get()));
        words = new Words(database);
        state = new State(words);
        holdings = new Holdings(words);
        homes = new Homes(words);
        demands = new DemandTable(words);
        journal = new SqlJournal(database, new Rows(words), clock);
        leases = new Leases(database, clock);
        sequencer = new Sequencer(database);
        attendant = attendant();
        intake = new Intake(new Intake.Desk(database, holdings, journal, clock), inForce, elements);
        mover = new Mover(
                new Mover.Desk(database, holdings, demands, journal, clock, elements, Duration.ofMinutes(5)),
                new Sources(elements, () -> attendant.surroundings(), (from, to) -> OptionalLong.empty()),
                () -> Layout.NAME);
        memory = new Memory(database);
        assessor = assessor();
        circumstances = new ReleaseCircumstances(state, words, Node::read, Optional::empty);
        members = members();
        acts = new Acts(new Acts.Desk(database, words, journal, clock, circumstances, signatories()));
        promises = new RulePromises(words);
        collections = new Collections(new Collections.Desk(
                database,
                words,
                journal,
                clock,
                inForce,
                Set.of(new Scope("raw"))::contains,
                modes,
                new MetaConventions(new Registry(database, journal), clock)));
        AccountUsage usage = new AccountUsage(words, new NoLimits());
        RuleBook.Desk rules =
                new RuleBook.Desk(database, words, journal, holdings, clock, new ThreeElements(), usage, modes);
        ruleBook = new RuleBook(rules);
        ruleKeeper = new RuleKeeper(rules, leases);
        releaser = releaser();
    }

    /** Expressions name one element each, and every element takes copies. */
    private static final class ThreeElements implements RuleElements {
        @Override
        public Set<StorageName> matching(String expression) {
            return Set.of(named(expression));
        }

        @Override
        public boolean isWritable(StorageName element) {
            return true;
        }

        @Override
        public StorageName named(String name) {
            return new StorageName(name);
        }

        @Override
        public Optional<String> attribute(StorageName element, String key) {
            return Optional.empty();
        }

        @Override
        public UUID id(StorageName element) {
            return UUID.nameUUIDFromBytes(element.name().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static final class NoLimits implements AccountLimits {
        @Override
        public boolean isUnlimited(AccountName account) {
            return true;
        }

        @Override
        public Map<StorageName, Long> local(AccountName account) {
            return Map.of();
        }

        @Override
        public List<Global> global(AccountName account) {
            return List.of();
        }
    }

    /** As after a start: it holds no lease and remembers nothing. */
    void begin() {
        attendant = attendant();
        assessor = assessor();
        leases = new Leases(database, clock);
        rule = ACCOUNTS;
        members = members();
        releaser = releaser();
    }

    private MemberBook members() {
        return new MemberBook(MemberSource.From.EXPORT, new Registry(database, journal), memory);
    }

    /** An export of the source comes in, which names these. */
    boolean export(Roster roster) {
        MemberSync.Export said = new MemberSync.Export(roster, clock.now(), OptionalLong.empty(), new Actor("source"));
        return new MemberSync(members, clock).take(said, false) instanceof MemberSync.Outcome.Taken;
    }

    private Attendant attendant() {
        return new Attendant(
                new Attendant.Desk(database, homes, holdings, state, journal, clock),
                inForce,
                new Loads(database, state, demands));
    }

    private Assessor assessor() {
        return new Assessor(
                database, new Assessor.Reads(new Verdicts(words), state, memory), attendant, inForce, clock);
    }

    private ReleaseWorker releaser() {
        return new ReleaseWorker(
                new Workplace(database, words, journal, leases, clock, drivers.get(), inForce),
                circumstances,
                signatories());
    }

    /** Only members sign, with this said of them, until the next interleaving. */
    void membersSign(MemberSource said) {
        rule = said;
    }

    private Signatories signatories() {
        return new Signatories() {
            @Override
            public MemberSource rule() {
                return rule;
            }

            @Override
            public Function<Actor, Optional<Term>> in(Connection connection) {
                return new MemberSignatories(() -> rule, () -> members, clock).in(connection);
            }

            @Override
            public Function<Actor, Optional<Term>> seen() {
                return new MemberSignatories(() -> rule, () -> members, clock).seen();
            }
        };
    }

    static InForce read(PlanAdopted adopted) {
        return READ.computeIfAbsent(
                adopted, a -> Adoption.read(new Adoption.Texts(a.planText(), a.sitesText(), a.policyText())));
    }

    /** Attends until nothing is due. */
    void attendAll() {
        for (int i = 0; i < 50; i++) {
            if (attendant.step() == 0) {
                return;
            }
        }
        throw new AssertionError("something is due again and again");
    }
}
