package holdfast.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.vocabulary.DataId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damage of five kinds, planted by another process after every digest had been computed and recorded, with size and
 * modification time kept where the kind allows: each is found and called what it is, and of intact files none.
 */
class PlantedDamageTest {
    private static final int EACH = 100;
    private static final int INTACT = 10_000;
    private static final List<String> KINDS = List.of("flipped", "deleted", "truncated", "unreadable", "swapped");
    private static final Map<String, String> STATE =
            Map.of("flipped", "C", "deleted", "M", "truncated", "C", "unreadable", "U", "swapped", "C");

    @TempDir
    Path folder;

    @Test
    void everyPlantedDamageIsNamedAndNoIntactFileIs() throws IOException, InterruptedException {
        try (WorkHouse house = new WorkHouse(folder)) {
            house.disk();
            FixityWorker worker = new FixityWorker(house.place, FixitySettings.DEFAULTS);
            List<DataId> ids = house.files(INTACT + EACH * KINDS.size(), 256);
            inspectAll(house, worker);
            assertThat(damaged(house)).isEmpty();

            Map<String, String> planted = plant(house, ids);
            house.pass(Duration.ofDays(60));
            inspectAll(house, worker);

            Map<String, String> named = damaged(house);
            Set<String> falseAlarms = new TreeSet<>(named.keySet());
            falseAlarms.removeAll(planted.keySet());
            Set<String> found = new HashSet<>(named.keySet());
            found.retainAll(planted.keySet());
            System.out.printf("planted %d, named %d, false %d%n", planted.size(), found.size(), falseAlarms.size());
            assertThat(named).isEqualTo(planted);
            // So many at once: the element itself is in doubt, and what it has is not replaced until someone signs.
            assertThat(house.condition(WorkHouse.DISK).suspectSince()).isPresent();
            assertThat(house.count("select count(*) from copy where state = 'P'"))
                    .isEqualTo(INTACT);
        }
    }

    private static void inspectAll(WorkHouse house, FixityWorker worker) {
        do {
            house.pass(Duration.ofMinutes(1));
        } while (worker.step(WorkHouse.DISK) > 0);
    }

    /** Damages every 21st file and answers the state by name that each must take. */
    private static Map<String, String> plant(WorkHouse house, List<DataId> ids)
            throws IOException, InterruptedException {
        Map<String, String> planted = new TreeMap<>();
        List<String> orders = new ArrayList<>();
        int next = 0;
        for (String kind : KINDS) {
            for (int i = 0; i < EACH; i++) {
                DataId id = ids.get(next++ * 21);
                planted.put(id.name(), String.valueOf(STATE.get(kind)));
                if (kind.equals("swapped") && i % 2 == 1) {
                    orders.set(orders.size() - 1, orders.getLast() + "\t" + house.path(id));
                } else {
                    orders.add(kind + "\t" + house.path(id));
                }
            }
        }
        damage(orders);
        return planted;
    }

    private static void damage(List<String> orders) throws IOException, InterruptedException {
        String script;
        try (InputStream file = PlantedDamageTest.class.getResourceAsStream("/damage.sh")) {
            script = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
        Process process = new ProcessBuilder("bash", "-c", script)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (OutputStream input = process.getOutputStream()) {
            input.write((String.join("\n", orders) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        assertThat(process.waitFor()).isZero();
    }

    private static Map<String, String> damaged(WorkHouse house) {
        return house.database.read(connection -> {
            Map<String, String> states = new TreeMap<>();
            try (Statement select = connection.createStatement();
                    ResultSet row = select.executeQuery("select f.name, c.state from copy c join file f"
                            + " on f.home = c.home and f.leaf = c.leaf where c.state <> 'P'")) {
                while (row.next()) {
                    states.put(row.getString(1), row.getString(2));
                }
            }
            return states;
        });
    }
}
