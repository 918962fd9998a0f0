import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Asks a server, as an outsider, for hidden names and for absent ones in turns, and compares how long that took. */
final class Pairs {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String HIDDEN = "h3-data";
    private static final double MOST = 5;
    private static final int FILES = 200;

    private static final List<String> ROUTES = List.of(
            "/rucio/dids/%s/%s",
            "/rucio/dids/%s/%s/meta",
            "/rucio/dids/%s/%s/files",
            "/rucio/dids/%s/%s/dids",
            "/rucio/dids/%s/%s/parents",
            "/rucio/dids/%s/%s/rules",
            "/rucio/replicas/%s/%s",
            "/rucio/replicas/%s/%s/datasets",
            "/holdfast/v1/explain/%s/%s",
            "/holdfast/v1/files/%s/%s/bytes");

    private final String base;
    private String token = "";

    private Pairs(String base) {
        this.base = base;
    }

    public static void main(String[] args) throws Exception {
        Pairs pairs = new Pairs(args[0]);
        pairs.token = pairs.login("root", "admin", args[1].strip());
        pairs.plant();
        pairs.token = pairs.login("outsider", "outsider", "a-long-one-of-outsider");
        System.exit(pairs.measure(Integer.parseInt(args[2])) ? 0 : 1);
    }

    private String login(String account, String user, String password) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/rucio/auth/userpass"))
                .header("X-Rucio-Account", account)
                .header("X-Rucio-Username", user)
                .header("X-Rucio-Password", password)
                .build();
        return CLIENT.send(request, BodyHandlers.ofString())
                .headers()
                .firstValue("X-Rucio-Auth-Token")
                .orElseThrow();
    }

    private HttpResponse<String> ask(String method, String path, String body) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .header("X-Rucio-Auth-Token", token)
                        .header("Accept", "*/*")
                        .build(),
                BodyHandlers.ofString());
    }

    private void post(String path, String body) throws Exception {
        HttpResponse<String> answer = ask("POST", "/rucio" + path, body);
        if (answer.statusCode() != 201) {
            throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    private void plant() throws Exception {
        post("/accounts/outsider", "{\"type\": \"SERVICE\", \"email\": \"\"}");
        post(
                "/accounts/outsider/identities",
                "{\"identity\": \"outsider\", \"authtype\": \"USERPASS\", \"email\": \"\", \"password\":"
                        + " \"a-long-one-of-outsider\"}");
        post("/rses/XROOT", "{\"deterministic\": true}");
        post("/scopes/root/" + HIDDEN, "");
        List<String> files = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            files.add("{\"scope\":\"%s\",\"name\":\"%s\",\"bytes\":7,\"adler32\":\"00000001\"}"
                    .formatted(HIDDEN, name('q', i)));
            names.add("{\"scope\":\"%s\",\"name\":\"%s\"}".formatted(HIDDEN, name('q', i)));
        }
        post("/replicas/", "{\"rse\":\"XROOT\",\"files\":[%s]}".formatted(String.join(",", files)));
        post("/dids/%s/q-sets".formatted(HIDDEN), "{\"type\": \"DATASET\"}");
        post("/dids/%s/q-sets/dids".formatted(HIDDEN), "{\"dids\":[%s]}".formatted(String.join(",", names)));
        post(
                "/rules/",
                "{\"dids\": [{\"scope\":\"%s\",\"name\":\"q-sets\"}], \"account\": \"root\", \"copies\": 1, \"rse_expression\": \"XROOT\"}"
                        .formatted(HIDDEN));
    }

    private static String name(char first, int i) {
        return "%c-file%04d".formatted(first, i);
    }

    private boolean measure(int pairs) throws Exception {
        int each = Math.max(1, pairs / ROUTES.size());
        Random random = new Random(1);
        boolean fine = true;
        System.out.printf(
                Locale.ROOT, "%-34s %6s %10s %10s %10s%n", "route", "pairs", "hidden ms", "absent ms", "difference");
        for (int i = 0; i < 300; i++) {
            ask("GET", ROUTES.get(i % ROUTES.size()).formatted(HIDDEN, name('w', i)), "");
        }
        for (String route : ROUTES) {
            double[] hidden = new double[each];
            double[] absent = new double[each];
            for (int i = 0; i < each; i++) {
                int file = random.nextInt(FILES);
                boolean first = random.nextBoolean();
                double[] one = first ? hidden : absent;
                double[] other = first ? absent : hidden;
                String begin = timed(route, name(first ? 'q' : 'n', file), one, i);
                String end = timed(route, name(first ? 'n' : 'q', file), other, i);
                if (!begin.equals(end)) {
                    System.out.println("DIFFERENT: " + route + "\n" + begin + "\n" + end);
                    fine = false;
                }
            }
            fine &= print(route, hidden, absent);
        }
        return fine;
    }

    /** Answers what was told, without the name. */
    private String timed(String route, String name, double[] taken, int at) throws Exception {
        long begin = System.nanoTime();
        HttpResponse<String> answer = ask("GET", route.formatted(HIDDEN, name), "");
        taken[at] = (System.nanoTime() - begin) / 1e6;
        return answer.statusCode() + " " + answer.body().replace(name, "NAME");
    }

    private static boolean print(String route, double[] hidden, double[] absent) {
        double one = median(hidden);
        double other = median(absent);
        System.out.printf(
                Locale.ROOT,
                "%-34s %6d %10.2f %10.2f %10.2f%n",
                route.formatted("SCOPE", "NAME"),
                hidden.length,
                one,
                other,
                one - other);
        return Math.abs(one - other) < MOST;
    }

    private static double median(double[] taken) {
        double[] sorted = taken.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
