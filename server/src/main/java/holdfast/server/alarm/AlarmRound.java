package holdfast.server.alarm;

import holdfast.alarm.Alarm;
import holdfast.alarm.AlarmBook;
import holdfast.alarm.Channel;
import holdfast.alarm.NotifySettings;
import holdfast.alarm.Sign;
import holdfast.alarm.Signs;
import holdfast.server.alarm.Lookout.Look;
import holdfast.server.shift.ShiftReport;
import holdfast.server.sql.AlarmTable;
import holdfast.server.sql.Breaches;
import holdfast.server.sql.ClauseVerdicts;
import holdfast.server.sql.Database;
import holdfast.server.sql.Leases;
import holdfast.server.sql.Leases.Lease;
import holdfast.server.sql.MessageTable;
import holdfast.server.sql.MessageTable.Message;
import holdfast.server.sql.MessageTable.Occasion;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Compares what stands with what is known and writes what is to be said: alarms and the message about them change in one
 * transaction, so that nothing counts as told that has no message. One node does it; carrying is another round's work.
 */
public final class AlarmRound {
    private static final String LEASE = "alarm";
    private static final Duration HELD = Duration.ofMinutes(1);

    private final Database database;
    private final Leases leases;
    private final Lookout lookout;
    private final Breaches breaches;
    private final NotifySettings settings;

    public AlarmRound(Database database, Leases leases, Lookout lookout, Breaches breaches, NotifySettings settings) {
        this.database = database;
        this.leases = leases;
        this.lookout = lookout;
        this.breaches = breaches;
        this.settings = settings;
    }

    /** Looks once; answers how many messages were written. A node that can tell nobody leaves the lease to the others. */
    public int step() {
        Optional<Lease> lease = leases.take(LEASE, HELD);
        if (lease.isEmpty()) {
            return 0;
        }
        try (var keeping = leases.keep(lease.get(), HELD)) {
            return step(lease.get());
        } finally {
            if (!someoneListens()) {
                leases.giveBack(LEASE);
            }
        }
    }

    private int step(Lease lease) {
        Look look = lookout.look(settings.thresholds());
        List<Sign> standing = Signs.of(look.situation(), settings.thresholds(), look.at());
        int written = database.write(
                connection -> leases.stillHolds(connection, lease) ? write(connection, look, standing) : 0);
        forget(look.at());
        return written;
    }

    private int write(Connection connection, Look look, List<Sign> standing) throws SQLException {
        if (!look.verdicts().isEmpty()) {
            ClauseVerdicts.follow(connection, look.verdicts(), look.at());
        }
        Optional<Instant> last = MessageTable.last(connection, Occasion.NEWS);
        List<Alarm> known = AlarmTable.open(connection);
        AlarmBook.Turn turn = new AlarmBook(settings.rules(), look.at(), last, Database::newId)
                .turn(known, standing, someoneListens());
        AlarmTable.keep(connection, changed(known, turn.alarms()));
        int messages = 0;
        if (turn.news().isPresent()) {
            Message news = Wire.news(Database.newId(), turn.news().get(), settings.house());
            MessageTable.send(connection, news, names(false));
            messages++;
        }
        return messages + alive(connection, turn.alarms(), look.at());
    }

    private static List<Alarm> changed(List<Alarm> before, List<Alarm> after) {
        Map<UUID, Alarm> known = new HashMap<>();
        before.forEach(a -> known.put(a.id(), a));
        return after.stream().filter(a -> !a.equals(known.get(a.id()))).toList();
    }

    private int alive(Connection connection, List<Alarm> alarms, Instant now) throws SQLException {
        List<String> channels = names(true);
        Optional<Duration> every = settings.rules().alive();
        if (channels.isEmpty() || every.isEmpty()) {
            return 0;
        }
        Optional<Instant> last = MessageTable.last(connection, Occasion.ALIVE);
        if (last.isPresent() && now.isBefore(last.get().plus(every.get()))) {
            return 0;
        }
        MessageTable.dropStaleLife(connection);
        MessageTable.forget(connection, Occasion.ALIVE, now.minus(Duration.ofDays(1)));
        List<Alarm> standing = alarms.stream().filter(Alarm::stands).toList();
        MessageTable.send(connection, Wire.alive(Database.newId(), now, settings.house(), standing), channels);
        return 1;
    }

    private void forget(Instant now) {
        Instant before = now.minus(settings.rules().keep());
        Instant remembered = now.minus(ShiftReport.REMEMBERED);
        database.write(connection -> {
            AlarmTable.forget(connection, before);
            MessageTable.forget(connection, Occasion.NEWS, before);
            MessageTable.forget(connection, Occasion.TRIAL, before);
            ClauseVerdicts.forget(connection, remembered);
            return breaches.forget(connection, remembered);
        });
    }

    private boolean someoneListens() {
        return !settings.channels().isEmpty();
    }

    private List<String> names(boolean aliveOnly) {
        return settings.channels().stream()
                .filter(c -> !aliveOnly || c.alive())
                .map(Channel::name)
                .toList();
    }
}
