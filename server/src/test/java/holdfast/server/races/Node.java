package holdfast.server.races;

import holdfast.custody.InForce;
import holdfast.plan.PlanFact.PlanAdopted;
import holdfast.server.clock.HouseClock;
import holdfast.server.config.Adoption;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.movers.Elements;
import holdfast.server.movers.Mover;
import holdfast.server.movers.Sources;
import holdfast.server.sql.Database;
import holdfast.server.sql.DemandTable;
import holdfast.server.sql.Holdings;
import holdfast.server.sql.Homes;
import holdfast.server.sql.Leases;
import holdfast.server.sql.Memory;
import holdfast.server.sql.Rows;
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
import holdfast.server.work.Workplace;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath.Layout;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** One node of the house: the real parts of the server on one database, with a clock that is set by hand. */
final class Node {
    private static final Map<PlanAdopted, InForce> READ = new ConcurrentHashMap<>();

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
    final Attendant attendant;
    final Intake intake;
    final Mover mover;
    final Memory memory;
    final Assessor assessor;
    final Acts acts;
    private final Supplier<Drivers> drivers;
    private final Supplier<InForce> inForce;
    private final ReleaseCircumstances circumstances;
    ReleaseWorker releaser;

    Node(
            DataSource source,
            HouseClock clock,
            Supplier<InForce> inForce,
            Supplier<Map<StorageName, ElementDriver>> disks) {
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
        attendant = new Attendant(
                new Attendant.Desk(database, homes, holdings, state, journal, clock),
                inForce,
                new Loads(database, state, demands));
        intake = new Intake(new Intake.Desk(database, holdings, journal, clock), inForce, elements);
        mover = new Mover(
                new Mover.Desk(database, holdings, demands, journal, clock, elements, Duration.ofMinutes(5)),
                new Sources(elements, attendant::surroundings),
                () -> Layout.NAME);
        memory = new Memory(database);
        assessor = new Assessor(
                database, new Assessor.Reads(new Verdicts(words), state, memory), attendant, inForce, clock);
        circumstances = new ReleaseCircumstances(state, words, Node::read);
        acts = new Acts(new Acts.Desk(database, words, journal, clock, circumstances));
        releaser = releaser();
    }

    /** As after a start: it holds no lease and remembers none. */
    void begin() {
        leases = new Leases(database, clock);
        releaser = releaser();
    }

    private ReleaseWorker releaser() {
        return new ReleaseWorker(
                new Workplace(database, words, journal, leases, clock, drivers.get(), inForce), circumstances);
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
