package holdfast.server.config;

import holdfast.catalog.FileRow;
import holdfast.ingest.IngestFact.FilesRegistered;
import holdfast.server.sql.Catalogued.OfCollection;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Visible;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** How fast datasets are filled, listed and looked up through the interface; prints figures and promises none. */
@EnabledIfSystemProperty(named = "holdfast.bench", matches = "dids")
class DidsBench {
    private static final com.sun.management.OperatingSystemMXBean CPU = (com.sun.management.OperatingSystemMXBean)
            java.lang.management.ManagementFactory.getOperatingSystemMXBean();

    private static long cpuBefore;

    private static final int CALLS = 10;
    private static final int FILES = 1_000;
    private static final int ROUNDS = Integer.getInteger("holdfast.bench.rounds", 8);

    @TempDir
    Path folder;

    private RucioServer server;

    @Test
    void measure() throws Exception {
        try (RucioServer open = new RucioServer(folder)) {
            server = open;
            for (int round = 0; round < ROUNDS; round++) {
                round(round);
            }
        }
    }

    private void round(int round) throws Exception {
        List<List<DataId>> packs = register(round);
        String set = "/lab/sets/of-round-" + round;
        String path = "/dids/raw/" + URLEncoder.encode(set, StandardCharsets.UTF_8);
        server.call("POST", path, "{\"type\": \"DATASET\"}");
        List<String> bodies = packs.stream().map(DidsBench::body).toList();
        long began = now();
        for (String body : bodies) {
            HttpResponse<String> answer = server.call("POST", path + "/dids", body);
            if (answer.statusCode() != 201) {
                throw new AssertionError(answer.body());
            }
        }
        say("add_files_to_dataset", "files/s", CALLS * FILES, began);
        for (String what : new String[] {"/files", "/dids"}) {
            began = now();
            long lines = server.get(path + what).body().lines().count();
            say("list " + what, "rows/s", lines, began);
        }
        OfCollection collection =
                (OfCollection) server.house().collections.must(new DataId(Laboratory.RAW, set), Visible.EVERYTHING);
        long[] bytes = new long[1];
        began = now();
        server.house().collections.files(collection, Visible.EVERYTHING, file -> bytes[0] += file.bytes());
        say("in process", "files/s", CALLS * FILES, began);
        gets(packs.getFirst());
    }

    private List<List<DataId>> register(int round) {
        List<List<DataId>> packs = new ArrayList<>();
        for (int call = 0; call < CALLS; call++) {
            List<FileRow> rows = new ArrayList<>();
            for (int file = 0; file < FILES; file++) {
                String name =
                        "/lab/data/of-a-campaign-with-a-long-name/release-08-00-02/prompt/exp%04d/run%05d/sub%02d/raw.physics.%04d.%05d.f%05d.root"
                                .formatted(round, call, call, round, call, file);
                rows.add(server.laboratory().row(new DataId(Laboratory.RAW, name), 1_000_000 + file));
            }
            server.house().journal.append(new FilesRegistered(rows, List.of()), new Actor("root"));
            packs.add(rows.stream().map(FileRow::id).toList());
        }
        return packs;
    }

    private static String body(List<DataId> pack) {
        StringBuilder text = new StringBuilder("{\"dids\": [");
        for (int i = 0; i < pack.size(); i++) {
            text.append(i == 0 ? "" : ", ")
                    .append("{\"scope\": \"raw\", \"name\": \"")
                    .append(pack.get(i).name())
                    .append("\"}");
        }
        return text.append("]}").toString();
    }

    private void gets(List<DataId> files) throws Exception {
        int clients = 16;
        int each = 300;
        try (var pool = Executors.newFixedThreadPool(clients);
                var http = HttpClient.newHttpClient()) {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                int offset = client;
                work.add(() -> get(http, files, offset, each));
            }
            long began = now();
            for (Future<Integer> one : pool.invokeAll(work)) {
                one.get();
            }
            say("get one, 16 clients", "/s", (long) clients * each, began);
        }
    }

    private int get(HttpClient http, List<DataId> files, int offset, int each) throws Exception {
        int ok = 0;
        for (int i = 0; i < each; i++) {
            DataId id = files.get((offset * 61 + i) % files.size());
            var request = server.at("/dids/raw/" + URLEncoder.encode(id.name(), StandardCharsets.UTF_8))
                    .header("X-Rucio-Auth-Token", server.token())
                    .build();
            ok += http.send(request, BodyHandlers.ofString()).statusCode();
        }
        return ok;
    }

    private static long now() {
        cpuBefore = CPU.getProcessCpuTime();
        return System.nanoTime();
    }

    private static void say(String what, String unit, long count, long began) throws Exception {
        double seconds = (System.nanoTime() - began) / 1e9;
        long used = CPU.getProcessCpuTime() - cpuBefore;
        String line = "%-24s %,12.0f %s (%.1f ms); this process, client too: %.1f us each%n"
                .formatted(what, count / seconds, unit, seconds * 1e3, used / 1e3 / count);
        System.out.print(line);
        Files.createDirectories(Path.of("target"));
        Files.writeString(
                Path.of("target/dids-bench.txt"),
                line,
                java.nio.file.StandardOpenOption.CREATE,
                java.nio.file.StandardOpenOption.APPEND);
    }
}
