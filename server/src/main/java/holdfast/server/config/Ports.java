package holdfast.server.config;

import holdfast.server.clock.HouseClock;
import holdfast.server.drivers.Disk;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.sql.Database;
import holdfast.server.sql.Rows;
import holdfast.server.sql.SqlJournal;
import holdfast.vocabulary.StorageName;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/**
 * The ports through which the house reaches what is not its own process. Tests put something between.
 *
 * @param disk every filesystem that the house writes to
 * @param database connections to the database
 * @param clock the one clock, from the database's time
 * @param drivers each storage element
 * @param journal where facts are appended
 */
public record Ports(
        Disk disk,
        UnaryOperator<DataSource> database,
        UnaryOperator<HouseClock> clock,
        BiFunction<StorageName, ElementDriver, ElementDriver> drivers,
        Journals journal) {

    /** Makes the journal over its rows. */
    @FunctionalInterface
    public interface Journals {
        SqlJournal over(Database database, Rows rows, HouseClock clock);
    }

    /** Nothing between. */
    public static Ports open() {
        return new Ports(new Disk(), source -> source, clock -> clock, (name, driver) -> driver, SqlJournal::new);
    }
}
