package holdfast.server.config;

import holdfast.server.config.Crawl.Ask;
import holdfast.server.routes.RouteTable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Random requests over every route for as long as told: no answer 500, nothing hidden in an answer to somebody who may not know of
 * it, a hidden name answered as an absent one, and no memory that grows. {@code bench/fuzz.sh}.
 */
final class Fuzz {
    private static final int WORKERS = 4;
    private static final int SHOWN = 20;
    private static final int AGAIN = 3;
    private static final int MEGABYTE = 1 << 20;

    /** Stands in what is hidden and nowhere else; no request of an outsider has it. */
    private static final List<String> MARKS = List.of("\"secret\"", Planted.SECRET_GUID);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;
    private final List<Ask> asks;
    private final Map<String, String> tokens;
    private final Map<Integer, AtomicLong> statuses = new ConcurrentHashMap<>();
    private final AtomicLong pairs = new AtomicLong();
    private final AtomicLong twice = new AtomicLong();
    private final List<String> wrong = java.util.Collections.synchronizedList(new ArrayList<>());

    private Fuzz(RucioServer server, List<Ask> asks, Map<String, String> tokens) {
        this.base = "http://127.0.0.1:" + server.port();
        this.asks = asks;
        this.tokens = tokens;
    }

    /** Arguments: seconds, and a seed (0 for a new one). */
    public static void main(String[] arguments) throws Exception {
        long seconds = Long.parseLong(arguments[0]);
        long asked = Long.parseLong(arguments[1]);
        long seed = asked == 0 ? System.nanoTime() : asked;
        Path folder = Files.createTempDirectory("holdfast-fuzz");
        boolean good;
        try (RucioServer server = RucioServer.hiding(folder)) {
            good = begun(server).run(Duration.ofSeconds(seconds), seed);
        } finally {
            try (Stream<Path> left = Files.walk(folder)) {
                left.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
        }
        System.exit(good ? 0 : 1);
    }

    private static Fuzz begun(RucioServer server) throws Exception {
        Planted planted = new Planted(server);
        planted.ground();
        planted.open();
        Map<String, String> tokens = new TreeMap<>(Map.of("nobody", "", "a stranger", "no-token-of-anybody"));
        tokens.put("outsider", planted.person("outsider", "SERVICE"));
        tokens.put("member", planted.person("insider", "USER"));
        planted.hide(Planted.OF_NO_LEVEL);
        Planted.FOR_MEMBERS.forEach(planted::hide);
        List<String> names = new ArrayList<>();
        for (String scope : List.of(Planted.OPEN, "h3-data", "h4-data", "h5-data", "h9-data")) {
            Planted.NAMES.forEach(name -> names.add(scope + "/" + name));
        }
        List<Ask> asks = new ArrayList<>(Crawl.reads(names));
        for (String scope : List.of(Planted.OPEN, "h3-data", "h4-data", "h5-data", "h9-data")) {
            asks.addAll(Writes.about(scope, "q-file"));
            asks.addAll(Writes.about(scope, "q-sets"));
        }
        RouteTable.ours().rows().stream()
                .map(row -> new Ask(
                        row.method().equals("*") ? "GET" : row.method(),
                        row.path()
                                .getPatternString()
                                .replace("/**", "/x")
                                .replace("{clause}", "P-22")
                                .replaceAll("\\{[a-z]+}", "1"),
                        row.method().equals("POST") ? "{\"did\": \"h4-data:q-file\"}" : ""))
                .forEach(asks::add);
        return new Fuzz(server, asks, tokens);
    }

    private boolean run(Duration time, long seed) throws InterruptedException {
        System.out.printf("seed %d, %d requests to begin with%n", seed, asks.size());
        long end = System.nanoTime() + time.toNanos();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            Random random = new Random(seed + i);
            workers.add(Thread.ofPlatform().start(() -> work(random, end)));
        }
        List<Long> heaps = new ArrayList<>();
        long step = Math.max(time.toSeconds() / 15, 5);
        while (System.nanoTime() < end) {
            Thread.sleep(Duration.ofSeconds(Math.min(step, Math.max(1, (end - System.nanoTime()) / 1_000_000_000L))));
            System.gc();
            heaps.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEGABYTE);
            System.out.printf("%,d answers, heap after collection %d MB%n", count(), heaps.getLast());
        }
        for (Thread worker : workers) {
            worker.join();
        }
        long first = heaps.get(heaps.size() / 3);
        boolean grew = heaps.getLast() > first + Math.max(first / 2, 50);
        System.out.printf(
                "%,d answers %s, %,d pairs of a hidden and an absent name (%,d asked again), heap %d MB after a third and %d"
                        + " MB at the end%s%n",
                count(),
                new TreeMap<>(statuses),
                pairs.get(),
                twice.get(),
                first,
                heaps.getLast(),
                grew ? ": IT GROWS" : "");
        wrong.stream().limit(SHOWN).forEach(System.out::println);
        System.out.printf("%d wrong%n", wrong.size());
        return wrong.isEmpty() && !grew;
    }

    private long count() {
        return statuses.values().stream().mapToLong(AtomicLong::get).sum();
    }

    private void work(Random random, long end) {
        List<String> people = List.copyOf(tokens.keySet());
        while (System.nanoTime() < end && wrong.size() < SHOWN) {
            String who = people.get(random.nextInt(people.size()));
            Mutation mutation = new Mutation(new Random(random.nextLong()));
            Ask ask = mutation.of(asks.get(random.nextInt(asks.size())));
            try {
                look(who, ask, mutation.headers());
            } catch (IOException | IllegalArgumentException notSent) {
                // What HTTP itself does not carry, or what a server ends: other requests go on.
                statuses.computeIfAbsent(0, _ -> new AtomicLong()).incrementAndGet();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void look(String who, Ask ask, Map<String, String> headers) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(who, ask, headers);
        String told = answer.statusCode() + "\n" + answer.headers().map() + "\n" + answer.body();
        boolean database = answer.statusCode() == 503 && answer.body().contains("Database");
        if (answer.statusCode() >= 500 && answer.statusCode() != 503 || database) {
            wrong.add(who + " " + ask + " " + headers + "\n  " + told);
        }
        if (who.equals("member")) {
            return;
        }
        for (String mark : MARKS) {
            if (told.contains(mark) && !ask.toString().contains(mark)) {
                wrong.add("LEAK to " + who + ": " + ask + "\n  " + told);
            }
        }
        if (who.equals("outsider") && ask.toString().matches("(?s).*h[345]-data.*")) {
            pair(who, ask, headers, answer);
        }
    }

    /** The same of a scope that nobody made: it may differ by the name alone, and by what changes by itself. */
    private void pair(String who, Ask ask, Map<String, String> headers, HttpResponse<String> answer)
            throws IOException, InterruptedException {
        Ask absent = new Ask(
                ask.method(),
                ask.path().replaceAll("h[345]-data", "h9-data"),
                ask.body().replaceAll("h[345]-data", "h9-data"));
        HttpResponse<String> hidden = answer;
        HttpResponse<String> other = send(who, absent, headers);
        pairs.incrementAndGet();
        // The state of a rule goes on between two requests: what tells of something hidden tells it each time.
        for (int again = 0; again < AGAIN && !alike(ask, hidden, other); again++) {
            twice.incrementAndGet();
            hidden = send(who, ask, headers);
            other = send(who, absent, headers);
        }
        if (!alike(ask, hidden, other)) {
            wrong.add("DIFFERS from absent: " + ask + "\n  " + hidden.statusCode() + " " + hidden.body() + "\n  "
                    + other.statusCode() + " " + other.body());
        }
    }

    private static boolean alike(Ask ask, HttpResponse<String> hidden, HttpResponse<String> absent) {
        // What was done once is not done again; a limit may fall between the two; an address that follows by rule
        // differs with the name's digest.
        boolean wrote = !ask.method().equals("GET") && Math.min(hidden.statusCode(), absent.statusCode()) < 300;
        if (wrote
                || hidden.statusCode() == 429
                || absent.statusCode() == 429
                || ask.path().contains("lfns2pfns")) {
            return true;
        }
        return absent.statusCode() == hidden.statusCode()
                && plain(absent.body()).equals(plain(hidden.body()))
                && absent.headers()
                        .firstValue("ExceptionClass")
                        .equals(hidden.headers().firstValue("ExceptionClass"));
    }

    /** Without the scope's name, moments, and the token of a form, which is another with each page. */
    private static String plain(String text) {
        return text.replaceAll("h[3459]-data", "SCOPE")
                .replaceAll("(name=\"_csrf\" value=)\"[^\"]*\"", "$1TOKEN")
                .replaceAll("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z?", "MOMENT");
    }

    private HttpResponse<String> send(String who, Ask ask, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + ask.path()))
                .timeout(PATIENCE)
                .method(
                        ask.method(),
                        ask.body().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(ask.body()));
        headers.forEach(request::header);
        String token = tokens.getOrDefault(who, "");
        if (!token.isEmpty()) {
            request.header(
                    ask.path().startsWith("/rucio") ? "X-Rucio-Auth-Token" : "Authorization",
                    ask.path().startsWith("/rucio") ? token : "Bearer " + token);
        }
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        statuses.computeIfAbsent(answer.statusCode(), _ -> new AtomicLong()).incrementAndGet();
        return answer;
    }
}
