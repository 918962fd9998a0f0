package holdfast.server.alarm;

import holdfast.alarm.Alarm;
import holdfast.alarm.Channel;
import holdfast.alarm.NotifySettings;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.AlarmTable;
import holdfast.server.sql.Database;
import holdfast.server.sql.MessageTable;
import holdfast.server.sql.MessageTable.Delivery;
import holdfast.server.sql.MessageTable.Message;
import holdfast.vocabulary.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What people ask of alarms and messages: to see them, to take one, to try the channels. */
public final class Notices {
    private static final int ENDED = 50;
    private static final int DELIVERIES = 50;

    private final Database database;
    private final NotifySettings settings;
    private final HouseClock clock;

    public Notices(Database database, NotifySettings settings, HouseClock clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    /** Alarms that stand and the last that ended, and what became of the last messages. */
    public record Board(List<Alarm> alarms, List<Delivery> deliveries, List<String> channels, Instant at) {}

    public Board board() {
        return database.read(connection -> new Board(
                AlarmTable.last(connection, ENDED),
                MessageTable.list(connection, DELIVERIES),
                settings.channels().stream().map(Channel::name).toList(),
                clock.now()));
    }

    /** What became of an acknowledgement. */
    public sealed interface Taken {
        record Done(Alarm alarm) implements Taken {}

        record NotStanding() implements Taken {}

        record Several(List<UUID> ids) implements Taken {}
    }

    /** Somebody takes the standing alarm of an id, or of the first characters of one. */
    public Taken take(String id, Actor by, Optional<Instant> until) {
        return database.write(connection -> {
            List<Alarm> found = AlarmTable.standing(connection, id);
            if (found.size() > 1) {
                return new Taken.Several(found.stream().map(Alarm::id).toList());
            }
            if (found.isEmpty()) {
                return new Taken.NotStanding();
            }
            Alarm taken = found.getFirst().acknowledge(by, clock.now(), until);
            AlarmTable.acknowledge(connection, taken.id(), taken.acknowledged().orElseThrow());
            return new Taken.Done(taken);
        });
    }

    /** Makes a trial message due at every channel; answers its id, empty when there is no channel. */
    public Optional<UUID> trial(Actor by) {
        if (settings.channels().isEmpty()) {
            return Optional.empty();
        }
        Message message = Wire.trial(Database.newId(), clock.now(), settings.house(), by.name());
        database.write(connection -> {
            MessageTable.send(
                    connection,
                    message,
                    settings.channels().stream().map(Channel::name).toList());
            return 0;
        });
        return Optional.of(message.id());
    }
}
