package holdfast.server.crash;

import holdfast.journal.Entry;
import holdfast.journal.Fact;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Database;
import holdfast.server.sql.Rows;
import holdfast.server.sql.SqlJournal;
import holdfast.vocabulary.Actor;
import java.sql.Connection;
import java.sql.SQLException;

/** A journal with a failpoint before and after each of its calls, which tells of every fact that was said to stand. */
final class CrashingJournal extends SqlJournal {
    private final Failpoints points;
    private final Says says;

    CrashingJournal(Database database, Rows rows, HouseClock clock, Failpoints points, Says says) {
        super(database, rows, clock);
        this.points = points;
        this.says = says;
    }

    @Override
    public Appended append(Fact fact, Actor actor) {
        return points.<Appended, RuntimeException>around("Journal.append(Fact,Actor)", () -> super.append(fact, actor));
    }

    @Override
    public Appended append(Actor actor, Decision decision) {
        return points.<Appended, RuntimeException>around(
                "Journal.append(Actor,Decision)", () -> super.append(actor, decision));
    }

    @Override
    public Appended appendAll(Actor actor, Decisions decisions) {
        return points.<Appended, RuntimeException>around("Journal.appendAll(Actor,Decisions)", () -> {
            Appended appended = super.appendAll(actor, decisions);
            if (appended instanceof Appended.Done done) {
                says.entry(done.entry().id());
            }
            return appended;
        });
    }

    @Override
    public Entry record(Connection connection, Fact fact, Actor actor) throws SQLException {
        return points.<Entry, SQLException>around(
                "Journal.record(Connection,Fact,Actor)", () -> super.record(connection, fact, actor));
    }
}
