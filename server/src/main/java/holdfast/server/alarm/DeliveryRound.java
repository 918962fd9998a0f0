package holdfast.server.alarm;

import holdfast.alarm.Channel;
import holdfast.server.alarm.Post.Posted;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Database;
import holdfast.server.sql.Leases;
import holdfast.server.sql.Leases.Lease;
import holdfast.server.sql.MessageTable;
import holdfast.server.sql.MessageTable.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Carries messages that are due to their channels, at least once: what was sent and not recorded, since this node died
 * in between or lost its lease, is sent again with the same id. A channel that fails is tried again later and holds up no
 * other.
 */
public final class DeliveryRound {
    private static final int BATCH = 20;
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration SHORTEST = Duration.ofSeconds(15);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int LONGEST_PROBLEM = 500;

    private final Database database;
    private final Leases leases;
    private final Map<String, Channel> channels;
    private final Post post;
    private final HouseClock clock;

    public DeliveryRound(Database database, Leases leases, List<Channel> channels, Post post, HouseClock clock) {
        this.database = database;
        this.leases = leases;
        this.channels = channels.stream().collect(Collectors.toMap(Channel::name, Function.identity()));
        this.post = post;
        this.clock = clock;
    }

    /** Carries a batch; answers how many were taken. */
    public int step() {
        if (channels.isEmpty()) {
            return 0;
        }
        int taken = 0;
        List<Due> due = database.read(
                connection -> MessageTable.due(connection, List.copyOf(channels.keySet()), clock.now(), BATCH));
        for (Due one : due) {
            Optional<Lease> lease = leases.take("deliver", LEASE);
            if (lease.isEmpty()) {
                return taken;
            }
            taken += carry(one, lease.get()) ? 1 : 0;
        }
        return taken;
    }

    private boolean carry(Due one, Lease lease) {
        Channel channel = channels.get(one.channel());
        if (channel == null) {
            return false;
        }
        Posted posted = send(channel, one, lease);
        Instant now = clock.now();
        return database.write(connection -> {
            if (!leases.stillHolds(connection, lease)) {
                return false;
            }
            switch (posted) {
                case Posted.Taken _ -> MessageTable.delivered(connection, one, now);
                case Posted.Failed failed ->
                    MessageTable.postpone(connection, one, now.plus(pause(one.attempts())), cut(failed.why()));
            }
            return posted instanceof Posted.Taken;
        });
    }

    private Posted send(Channel channel, Due one, Lease lease) {
        try (var keeping = leases.keep(lease, LEASE)) {
            return post.send(channel, one.message());
        }
    }

    /** Twice as long after each attempt. */
    static Duration pause(int attempts) {
        Duration pause = SHORTEST.multipliedBy(1L << Math.min(attempts, 10));
        return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
    }

    private static String cut(String why) {
        String line = why.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= LONGEST_PROBLEM ? line : line.substring(0, LONGEST_PROBLEM);
    }
}
