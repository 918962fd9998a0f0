package holdfast.server.races;

import holdfast.custody.InForce;
import holdfast.server.clock.HouseClock;
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
import holdfast.server.work.Assessor;
import holdfast.server.work.Attendant;
import holdfast.server.work.Intake;
import holdfast.server.work.Loads;
import holdfast.vocabulary.StoragePath.Layout;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** One node of the house: the real parts of the server on one database, with a clock that is set by hand. */
final class Node {
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

    Node(DataSource source, HouseClock clock, Supplier<InForce> inForce, Supplier<Elements> elements) {
        this.database = new Database(source);
        this.clock = clock;
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
                new Mover.Desk(database, holdings, demands, journal, clock, elements),
                new Sources(elements, attendant::surroundings),
                () -> Layout.NAME);
        memory = new Memory(database);
        assessor = new Assessor(
                database, new Assessor.Reads(new Verdicts(words), state, memory), attendant, inForce, clock);
    }

    /** As after a start: it holds no lease and remembers none. */
    void begin() {
        leases = new Leases(database, clock);
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
