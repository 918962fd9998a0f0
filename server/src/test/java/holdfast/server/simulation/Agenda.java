package holdfast.server.simulation;

import holdfast.journal.Micros;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Which turns of a node would find something to do: the hand prefers these, as rounds that pause when idle do. */
final class Agenda {
    private static final String DUE = "select 'attend' where exists (select from due)"
            + " union all select distinct 'move ' || w.text from demand d join word w on w.id = d.storage_id"
            + " where d.due_at <= ? and (d.lease_until is null or d.lease_until <= ?)"
            + " union all select distinct 'inspect ' || w.text from copy c join word w on w.id = c.storage_id"
            + " where c.state in ('A', 'S', 'K') or (c.state = 'P' and c.proof_at <"
            + " case when w.text like '%TAPE' then ? else ? end)";

    private final Node observer;
    private final World world;

    Agenda(Node observer, World world) {
        this.observer = observer;
        this.world = world;
    }

    /** Turns to choose from; what has something to do stands there more often. */
    List<String> jobs(Node node) {
        List<String> all = new ArrayList<>(node.jobs.keySet());
        List<String> due = due(node);
        for (int i = 0; i < 12 && !due.isEmpty(); i++) {
            all.addAll(due);
        }
        return all;
    }

    List<String> due(Node node) {
        return observer.database.read(connection -> {
            List<String> found = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(DUE)) {
                select.setLong(1, Micros.of(world.now()));
                select.setLong(2, Micros.of(world.now()));
                select.setLong(3, Micros.of(world.now().minus(Duration.ofDays(32))));
                select.setLong(4, Micros.of(world.now().minus(Duration.ofDays(16))));
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        found.add(row.getString(1));
                    }
                }
            }
            found.retainAll(node.jobs.keySet());
            found.sort(null);
            return found;
        });
    }

    /** Notes a look at a silent element that must have shown it: the second one, minutes after the first, is on record. */
    void watched(Baton.Task task) {
        if (task.faulted || task.killed || !task.name.contains(" watch ")) {
            return;
        }
        Store store = world.stores.get(
                new holdfast.vocabulary.StorageName(task.name.substring(task.name.lastIndexOf(' ') + 1)));
        Instant silent = store == null ? null : store.silentSince;
        if (store == null || silent == null || task.began.isBefore(silent)) {
            return;
        }
        if (store.watched == null) {
            store.watched = world.now();
        } else if (store.noticed == null
                && store.watched.plus(Duration.ofMinutes(2)).isBefore(task.began)) {
            store.noticed = world.now();
        }
    }
}
