package holdfast.server.config;

import holdfast.alarm.NotifySettings;
import holdfast.alarm.Situation;
import holdfast.evidence.EvidenceFact.RestoreDrilled;
import holdfast.retention.Hold;
import holdfast.server.alarm.AlarmRound;
import holdfast.server.alarm.DeliveryRound;
import holdfast.server.alarm.Lookout;
import holdfast.server.alarm.Notices;
import holdfast.server.alarm.PostOffice;
import holdfast.server.alarm.Spaces;
import holdfast.server.sql.Fading;
import java.util.Optional;

/** The part of the house that looks around, and tells people what they should know now. */
final class Alarms implements AutoCloseable {
    final NotifySettings telling;
    final Lookout lookout;
    final AlarmRound round;
    final DeliveryRound deliveries;
    final Notices notices;
    private final PostOffice post;

    Alarms(House house, Options options, NotifySettings telling) {
        this.telling = telling;
        post = new PostOffice(Telling.folder(options), house.clock);
        Spaces spaces = new Spaces(
                options.data(),
                Telling.node(options),
                house.memory,
                new Spaces.Elements(house.adoption, name -> Optional.of(house.fleet.driver(name))),
                house.clock);
        lookout = new Lookout(
                new Lookout.Reads(
                        house.database,
                        house.breaches,
                        house.state,
                        new Fading(house.words),
                        house.entries,
                        house.memory),
                house.assessor,
                spaces,
                () -> new Situation.Drill(
                        house.drilled.lastGood().map(RestoreDrilled::began),
                        house.acts.hold().map(Hold::since),
                        true,
                        house.people.seen()),
                house.clock);
        round = new AlarmRound(house.database, house.leases, lookout, house.breaches, telling);
        deliveries = new DeliveryRound(house.database, house.leases, telling.channels(), post, house.clock);
        notices = new Notices(house.database, telling, house.clock);
    }

    @Override
    public void close() {
        post.close();
    }
}
