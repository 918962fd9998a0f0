package holdfast.server.sql;

import holdfast.journal.Micros;
import holdfast.server.sql.DemandTable.Leased;
import holdfast.transfer.FairTurn;
import holdfast.transfer.Shares;
import holdfast.vocabulary.Activity;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The queues of an element, one for each activity: in each the files with the fewest counting copies go first, then what is due
 * longest. Every question goes to the heads of the queues by the index, so it costs the same however long they are.
 */
public final class DemandQueue {
    /** Jumps from one activity and urgency to the next; between them no row is read. */
    private static final String HEADS =
            "with recursive head as ((select activity, urgency from demand where storage_id = ? order by activity,"
                    + " urgency limit 1) union all select n.activity, n.urgency from head h cross join lateral (select"
                    + " d.activity, d.urgency from demand d where d.storage_id = ? and (d.activity, d.urgency) >"
                    + " (h.activity, h.urgency) order by d.activity, d.urgency limit 1) n) select activity, urgency from"
                    + " head";

    private static final String LEASE = "with n as materialized (select c.home, c.leaf, c.storage_id from"
            + " unnest(?::text[], ?::int[]) q(activity, most) cross join lateral (select d.home, d.leaf, d.storage_id from"
            + " demand d where d.storage_id = ? and d.activity = q.activity and d.urgency = ? and d.due_at <= ? and"
            + " (d.lease_until is null or d.lease_until <= ?) order by d.due_at limit q.most for update skip locked) c)"
            + " update demand d set lease_until = ?, epoch = nextval('demand_epoch'), attempts = d.attempts + 1, waits ="
            + " null from n where d.home = n.home and d.leaf = n.leaf and d.storage_id = n.storage_id returning d.home,"
            + " d.leaf, d.attempts, d.epoch, d.activity";

    /**
     * For the rest of the transaction rows are found by the queue's index and by their key only. How many rows a limit of so many
     * lets through is not known when a plan is made, and a plan for a tenth of the table reads all of it.
     */
    private static final String BY_INDEX_ONLY = "set local enable_seqscan = off; set local enable_bitmapscan = off;"
            + " set local enable_hashjoin = off; set local enable_mergejoin = off";

    private final Words words;

    public DemandQueue(Words words) {
        this.words = words;
    }

    /** Whose turn it is, and how many copies may be leased in it. */
    public record Claim(FairTurn turn, Shares shares, int most) {}

    /** What was leased, and whose turn it is next. */
    public record Batch(List<Leased> leased, FairTurn next) {}

    /** When leases are taken, and how long they last. */
    public record Term(Instant now, Duration lasts) {}

    /** The activities with orders at an element, by how many counting copies their files have. */
    public SortedMap<Integer, SortedSet<Activity>> heads(Connection connection, StorageName to) throws SQLException {
        int storage = words.number(Words.Kind.STORAGE, to.name());
        SortedMap<Integer, SortedSet<Activity>> heads = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(HEADS)) {
            select.setInt(1, storage);
            select.setInt(2, storage);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    heads.computeIfAbsent(row.getInt(2), u -> new TreeSet<>()).add(new Activity(row.getString(1)));
                }
            }
        }
        return heads;
    }

    /** Leases a turn's orders by the shares of the activities; what one has no use for is shared by the others. */
    public Batch lease(Connection connection, StorageName to, Claim claim, Term term) throws SQLException {
        try (Statement byIndex = connection.createStatement()) {
            byIndex.execute(BY_INDEX_ONLY);
        }
        SortedMap<Integer, SortedSet<Activity>> heads = heads(connection, to);
        Set<Activity> waiting = new TreeSet<>();
        heads.values().forEach(waiting::addAll);
        FairTurn.Taken taken = claim.turn.take(waiting, claim.shares, claim.most);
        Lane lane = new Lane(to, heads, term);
        Map<Activity, List<Leased>> leased = lease(connection, lane, taken.copies());
        Set<Activity> idle = new HashSet<>(waiting);
        idle.removeIf(a -> count(leased, a) >= taken.copies().getOrDefault(a, 0));
        waiting.removeAll(idle);
        int left = claim.most - leased.values().stream().mapToInt(List::size).sum();
        if (left > 0 && !waiting.isEmpty() && !idle.isEmpty()) {
            lease(
                            connection,
                            lane,
                            FairTurn.FIRST.take(waiting, claim.shares, left).copies())
                    .forEach((activity, more) -> leased.computeIfAbsent(activity, a -> new ArrayList<>())
                            .addAll(more));
        }
        return new Batch(leased.values().stream().flatMap(List::stream).toList(), taken.nextWithout(idle));
    }

    private static int count(Map<Activity, List<Leased>> leased, Activity activity) {
        return leased.getOrDefault(activity, List.of()).size();
    }

    /** The queues of one element, at one moment. */
    private record Lane(StorageName to, SortedMap<Integer, SortedSet<Activity>> heads, Term term) {}

    /** Leases as many orders of each activity as it may take now, or as there are. */
    private Map<Activity, List<Leased>> lease(Connection connection, Lane lane, Map<Activity, Integer> most)
            throws SQLException {
        Map<Activity, List<Leased>> leased = new TreeMap<>();
        Map<Activity, Integer> left = new HashMap<>(most);
        for (Map.Entry<Integer, SortedSet<Activity>> head : lane.heads.entrySet()) {
            List<Activity> open = head.getValue().stream()
                    .filter(a -> left.getOrDefault(a, 0) > 0)
                    .toList();
            if (!open.isEmpty()) {
                take(connection, lane, new Turn(open, left, head.getKey())).forEach((activity, some) -> {
                    left.merge(activity, -some.size(), Integer::sum);
                    leased.computeIfAbsent(activity, a -> new ArrayList<>()).addAll(some);
                });
            }
        }
        return leased;
    }

    private record Turn(List<Activity> open, Map<Activity, Integer> most, int urgency) {}

    private Map<Activity, List<Leased>> take(Connection connection, Lane lane, Turn turn) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(LEASE)) {
            update.setArray(1, Columns.texts(connection, turn.open, Activity::name));
            update.setArray(2, Columns.ints(connection, turn.open, a -> turn.most.getOrDefault(a, 0)));
            update.setInt(3, words.number(Words.Kind.STORAGE, lane.to.name()));
            update.setInt(4, turn.urgency);
            update.setLong(5, Micros.of(lane.term.now));
            update.setLong(6, Micros.of(lane.term.now));
            update.setLong(7, Micros.of(lane.term.now.plus(lane.term.lasts)));
            Map<Activity, List<Leased>> leased = new HashMap<>();
            try (ResultSet row = update.executeQuery()) {
                while (row.next()) {
                    NameKey key = new NameKey(row.getLong(1), row.getLong(2));
                    leased.computeIfAbsent(new Activity(row.getString(5)), a -> new ArrayList<>())
                            .add(new Leased(key, lane.to, row.getInt(3), row.getInt(4)));
                }
            }
            return leased;
        }
    }
}
