package holdfast.server.config;

import holdfast.catalog.CatalogFact.CollectionsChanged;
import holdfast.catalog.CatalogFact.ContentChanged;
import holdfast.catalog.CollectionRow;
import holdfast.journal.Fact;
import holdfast.journal.Journal.Appended;
import holdfast.server.HoldfastServer;
import holdfast.server.catalog.Writer;
import holdfast.server.embedded.TestDatabase;
import holdfast.server.sql.Registry;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Measures registering and listing replicas through Rucio's interface, on a whole house whose rounds run beside. A program
 * and no test: {@code bench/replicas} and {@code bench/list-million.sh}.
 */
final class ReplicaBench {
    private static final int CALL = 1_000;
    private static final Scope SCOPE = new Scope("bench");
    private static final Actor BENCH = new Actor("bench");

    private static final String PROTOCOL = "{\"scheme\":\"root\",\"hostname\":\"se0.example.org\",\"port\":1094,"
            + "\"prefix\":\"//data/rucio/\",\"impl\":\"rucio.rse.protocols.xrootd.Default\",\"domains\":{"
            + "\"lan\":{\"read\":1,\"write\":1,\"delete\":1},\"wan\":{\"read\":1,\"write\":1,\"delete\":1}}}";

    private final House house;
    private final int port;
    private final String token;
    private final HttpClient client = HttpClient.newHttpClient();

    private ReplicaBench(House house, int port, String token) {
        this.house = house;
        this.port = port;
        this.token = token;
    }

    /** Rounds, files a round; with {@code million} as the third word one dataset of all files, listed once. */
    public static void main(String[] words) throws Exception {
        Locale.setDefault(Locale.ROOT);
        int rounds = Integer.parseInt(words[1]);
        int files = Integer.parseInt(words[2]);
        Path plans = Path.of(words[0]);
        Path folder = Files.createTempDirectory("holdfast-bench");
        Options.Files texts = new Options.Files(
                plans.resolve("small-lab.yaml"),
                plans.resolve("small-lab-sites.yaml"),
                plans.resolve("small-lab-policy.yaml"));
        try (TestDatabase database = TestDatabase.fresh();
                House house = House.on(new Options(
                        folder.resolve("data"), 0, Optional.of(texts), Optional.of(Laboratory.address(database))));
                ConfigurableApplicationContext context = HoldfastServer.open(house, 0, Listening.LOOPBACK)) {
            house.begin();
            int port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
            String secret =
                    Files.readString(folder.resolve("data/admin.secret")).strip();
            ReplicaBench bench = new ReplicaBench(house, port, login(port, secret));
            bench.furnish();
            if (words.length > 3) {
                bench.million(rounds, files);
            } else {
                bench.rounds(rounds, files);
            }
        }
        System.exit(0);
    }

    private static String login(int port, String secret) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/rucio/auth/userpass"))
                .header("X-Rucio-Account", "root")
                .header("X-Rucio-Username", "admin")
                .header("X-Rucio-Password", secret)
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .headers()
                .firstValue("X-Rucio-Auth-Token")
                .orElseThrow();
    }

    private void furnish() {
        house.scopes.add(Writer.whole(AccountName.ROOT), SCOPE, AccountName.ROOT);
        house.registry.change(
                BENCH,
                now -> List.of(
                        Registry.put("rse", "BENCH", "{\"created\":0,\"updated\":0}"),
                        Registry.put("rse-protocol", "BENCH/root/se0.example.org/1094", PROTOCOL)));
    }

    private void rounds(int rounds, int files) throws Exception {
        for (int round = 0; round < rounds; round++) {
            List<String> calls = calls("r" + round, files);
            long began = System.nanoTime();
            for (String call : calls) {
                post("/replicas", call);
            }
            double add = files / ((System.nanoTime() - began) / 1e9);
            DataId dataset = attach("r" + round, files);
            double quiet = list(dataset, files);
            double again = list(dataset, files);
            System.out.printf(
                    "round %d: add_replicas %,.0f files/s, list_replicas %,.0f then %,.0f files/s%n",
                    round, add, quiet, again);
        }
    }

    private void million(int rounds, int files) throws Exception {
        DataId dataset = dataset("million");
        for (int round = 0; round < rounds; round++) {
            for (String call : calls("m" + round, files)) {
                post("/replicas", call);
            }
            fill(dataset, "m" + round, files);
        }
        long total = (long) rounds * files;
        System.gc();
        double speed = list(dataset, total);
        System.out.printf(
                "%,d replicas listed at %,.0f files/s; largest heap %,d MB%n",
                total, speed, Runtime.getRuntime().maxMemory() >> 20);
    }

    private static String name(String set, int file) {
        return "/bench/" + set + "/dir" + file / CALL
                + "/a-file-with-a-name-as-long-as-many-are-prod00012345-e0026-r00042-" + "%06d.root".formatted(file);
    }

    private static List<String> calls(String set, int files) {
        List<String> calls = new ArrayList<>();
        for (int from = 0; from < files; from += CALL) {
            StringBuilder body = new StringBuilder("{\"rse\":\"BENCH\",\"files\":[");
            for (int i = from; i < Math.min(files, from + CALL); i++) {
                body.append(i == from ? "" : ",")
                        .append(
                                "{\"scope\":\"bench\",\"name\":\"%s\",\"bytes\":%d,\"adler32\":\"%08x\",\"md5\":\"%032x\"}"
                                        .formatted(name(set, i), i + 1, i, i));
            }
            calls.add(body.append("]}").toString());
        }
        return calls;
    }

    private DataId attach(String set, int files) {
        DataId dataset = dataset(set);
        fill(dataset, set, files);
        return dataset;
    }

    private DataId dataset(String set) {
        DataId dataset = new DataId(SCOPE, "/bench/sets/" + set);
        append(new CollectionsChanged(List.of(
                CollectionRow.begin(dataset, CollectionRow.Kind.DATASET, AccountName.ROOT, "{}", house.clock.now()))));
        return dataset;
    }

    private void fill(DataId dataset, String set, int files) {
        List<DataId> all = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            all.add(new DataId(SCOPE, name(set, i)));
        }
        append(new ContentChanged(ContentChanged.Change.ATTACHED, dataset, all));
    }

    private void append(Fact fact) {
        if (!(house.journal.append(fact, BENCH) instanceof Appended.Done)) {
            throw new IllegalStateException("not recorded: " + fact.kind());
        }
    }

    private double list(DataId dataset, long files) throws Exception {
        long began = System.nanoTime();
        long lines = 0;
        HttpResponse<InputStream> answer = client.send(
                request("/replicas/list", "{\"dids\":[{\"scope\":\"bench\",\"name\":\"" + dataset.name() + "\"}]}"),
                BodyHandlers.ofInputStream());
        try (InputStream in = answer.body()) {
            byte[] part = new byte[1 << 16];
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                for (int i = 0; i < read; i++) {
                    lines += part[i] == '\n' ? 1 : 0;
                }
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        if (answer.statusCode() != 200 || lines != files) {
            throw new IllegalStateException(answer.statusCode() + ": " + lines + " of " + files);
        }
        return files / seconds;
    }

    private void post(String path, String body) throws Exception {
        HttpResponse<String> answer = client.send(request(path, body), BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
    }

    private HttpRequest request(String path, String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/rucio" + path))
                .header("X-Rucio-Auth-Token", token)
                .method("POST", BodyPublishers.ofString(body))
                .build();
    }
}
