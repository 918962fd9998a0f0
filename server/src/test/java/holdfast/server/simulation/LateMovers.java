package holdfast.server.simulation;

import holdfast.journal.Fact;
import holdfast.server.simulation.Baton.Task;
import holdfast.transfer.TransferFact.CopiesArrived;
import holdfast.vocabulary.NameKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sees to it that a mover whose lease ran out, and was given to another, records nothing. */
final class LateMovers {
    private final Node observer;
    private final World world;
    private final Map<Task, Map<NameKey, Integer>> leased = new HashMap<>();
    private long lastEpoch;
    private Map<NameKey, Integer> now = Map.of();
    private boolean first;

    LateMovers(Node observer, World world) {
        this.observer = observer;
        this.world = world;
    }

    /** Before a task has the baton. */
    void before(Task task, boolean begins) {
        if (!isMover(task)) {
            return;
        }
        first = begins;
        if (begins) {
            lastEpoch = lastEpoch();
        } else {
            now = epochs(task, 0);
        }
    }

    /** After it gave the baton back. */
    void after(Task task, List<Fact> written) {
        if (!isMover(task)) {
            return;
        }
        if (first && !task.over) {
            leased.put(task, epochs(task, lastEpoch));
        }
        Map<NameKey, Integer> its = leased.getOrDefault(task, Map.of());
        if (!first) {
            for (Fact fact : written) {
                if (fact instanceof CopiesArrived arrived) {
                    arrived.copies().forEach(copy -> check(task, copy.id().key(), its));
                }
            }
        }
        if (task.over) {
            leased.remove(task);
        }
    }

    private void check(Task task, NameKey key, Map<NameKey, Integer> its) {
        Integer lease = its.get(key);
        if (lease != null && !lease.equals(now.get(key))) {
            world.violation(
                    "%s recorded an arrival under lease %d, and the demand was at %s", task.name, lease, now.get(key));
        }
    }

    private static boolean isMover(Task task) {
        return task.name.contains(" move ");
    }

    private long lastEpoch() {
        return observer.database.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "select case when is_called then last_value else 0 end from demand_epoch")) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    private Map<NameKey, Integer> epochs(Task task, long above) {
        String element = task.name.substring(task.name.lastIndexOf(' ') + 1);
        return observer.database.read(connection -> {
            Map<NameKey, Integer> found = new HashMap<>();
            try (PreparedStatement select = connection.prepareStatement("select d.home, d.leaf, d.epoch from demand d"
                    + " join word w on w.id = d.storage_id where w.text = ? and d.epoch > ?")) {
                select.setString(1, element);
                select.setLong(2, above);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        found.put(new NameKey(row.getLong(1), row.getLong(2)), row.getInt(3));
                    }
                }
            }
            return found;
        });
    }
}
