import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/** The works that both servers are given, each by its name: what is timed stands here, and nothing else does. */
final class Works {
    /** One work: what it says of itself, its unit, whether more is better, and one timed run of it. */
    record Work(String says, String unit, boolean more, Run run) {}

    interface Run {
        double measure(Stock stock) throws Exception;
    }

    private static final int CLIENTS = 16;
    private static final int LISTS = 5;
    private static final double LONG_ENOUGH = 3;
    private static final long CLIENTS_MILLIS = 4_000;

    private final List<String> evaluate;

    /** @param evaluate the command that lets the peer's evaluator run once; our own server needs none */
    Works(List<String> evaluate) {
        this.evaluate = evaluate;
    }

    Map<String, Work> all() {
        Map<String, Work> works = new LinkedHashMap<>();
        works.put("add_replicas", new Work("register files, 1,000 a call", "files/s", true, this::addReplicas));
        works.put(
                "add_files_to_dataset",
                new Work("attach them to a dataset, 1,000 a call", "files/s", true, this::addFilesToDataset));
        works.put("list_replicas", new Work("list the replicas of the dataset", "files/s", true, this::listReplicas));
        works.put("list_files", new Work("list its files", "rows/s", true, stock -> listed(stock, "files")));
        works.put("list_content", new Work("list its content", "rows/s", true, stock -> listed(stock, "dids")));
        works.put("get_did", new Work("get one file's DID, 16 clients at once", "1/s", true, this::getDid));
        works.put("ping", new Work("an answer with nothing in it, 16 clients at once", "1/s", true, this::ping));
        works.put("rule_present", new Work("rule, copies=1, data there", "ms", false, this::rulePresent));
        works.put("rule_orders", new Work("rule, copies=2, all copies to come", "ms", false, this::ruleOrders));
        works.put(
                "reevaluate",
                new Work("rule first (copies=2), then attach: until re-evaluated", "ms", false, this::reevaluate));
        return works;
    }

    private double addReplicas(Stock stock) {
        stock.furnished();
        List<byte[]> calls = stock.registrations();
        Meter meter = stock.side.meter();
        stock.send(calls);
        double seconds = meter.stop();
        stock.isRegistered();
        return stock.files / seconds;
    }

    private double addFilesToDataset(Stock stock) {
        stock.registered();
        stock.addDataset(stock.dataset());
        List<byte[]> calls = stock.attachments(stock.dataset());
        Meter meter = stock.side.meter();
        stock.send(calls);
        double seconds = meter.stop();
        stock.isAttached();
        return stock.files / seconds;
    }

    private double listReplicas(Stock stock) {
        stock.attached();
        byte[] call = stock.side.prepared(
                "POST",
                "/replicas/list",
                "{\"dids\":[{\"scope\":\"" + stock.scope + "\",\"name\":\"" + stock.dataset() + "\"}]}");
        return drained(stock, call);
    }

    private double listed(Stock stock, String what) {
        stock.attached();
        return drained(
                stock, stock.side.prepared("GET", "/dids/" + stock.scope + "/" + stock.dataset() + "/" + what, ""));
    }

    /** A list takes milliseconds on one side and seconds on the other: it is asked for until either was enough. */
    private static double drained(Stock stock, byte[] call) {
        stock.side.get("/ping");
        double seconds = 0;
        int lists = 0;
        while (lists < LISTS && seconds < LONG_ENOUGH) {
            Meter meter = stock.side.meter();
            Http.Answer answer = stock.side.send(call);
            seconds += meter.stop();
            lists++;
            long lines = answer.wanted(200, stock.side.name + " listing").lines();
            if (lines != stock.files) {
                throw new IllegalStateException(stock.side.name + " listed " + lines + " of " + stock.files);
            }
        }
        return (double) lists * stock.files / seconds;
    }

    private double getDid(Stock stock) throws InterruptedException {
        stock.registered();
        return together(stock, i -> "/dids/" + stock.scope + "/" + Stock.escaped(stock.file(i % stock.files)));
    }

    private double ping(Stock stock) throws InterruptedException {
        return together(stock, i -> "/ping");
    }

    /** Answers a second to all clients at once, each on a connection of its own. */
    private static double together(Stock stock, IntFunction<String> path) throws InterruptedException {
        var done = new AtomicLong();
        long begin = System.nanoTime() + 500_000_000L;
        long end = begin + CLIENTS_MILLIS * 1_000_000L;
        Thread[] clients = new Thread[CLIENTS];
        for (int c = 0; c < CLIENTS; c++) {
            int client = c;
            clients[c] = new Thread(() -> done.addAndGet(gets(stock, path, client, begin, end)));
            clients[c].start();
        }
        for (Thread client : clients) {
            client.join();
        }
        return done.get() / (CLIENTS_MILLIS / 1e3);
    }

    private static long gets(Stock stock, IntFunction<String> path, int client, long begin, long end) {
        long done = 0;
        try (Http http = stock.side.connection()) {
            for (int i = client; System.nanoTime() < end; i += 7_919) {
                byte[] call = stock.side.prepared("GET", path.apply(i), "");
                http.send(call).wanted(200, stock.side.name + " GET");
                long now = System.nanoTime();
                done += now >= begin && now < end ? 1 : 0;
            }
        }
        return done;
    }

    private double rulePresent(Stock stock) {
        stock.attached();
        return ruled(stock, 1, Side.SOURCE, "locks_ok_cnt");
    }

    private double ruleOrders(Stock stock) {
        stock.attached();
        return ruled(stock, 2, "tier=2", "locks_replicating_cnt");
    }

    /** Milliseconds until the rule is answered and shows all its locks. */
    private static double ruled(Stock stock, int copies, String expression, String counter) {
        byte[] call = stock.rule(stock.dataset(), copies, expression);
        stock.side.get("/ping");
        Meter meter = stock.side.meter();
        Http.Answer answer = stock.side.send(call);
        double millis = meter.stop() * 1e3;
        String rule = identity(answer.wanted(201, stock.side.name + " add rule"));
        long locks = Side.number(stock.side.get("/rules/" + rule).text(), counter);
        if (locks != (long) copies * stock.files) {
            throw new IllegalStateException(stock.side.name + ": " + counter + " is " + locks);
        }
        return millis;
    }

    private static String identity(Http.Answer answer) {
        return answer.text().replaceAll("[^0-9a-f]", "");
    }

    /** Milliseconds from the last attach to the rule that shows all its locks; starting the evaluator is not counted. */
    private double reevaluate(Stock stock) throws IOException, InterruptedException {
        stock.registered();
        stock.addDataset("later");
        String rule = identity(stock.side.send(stock.rule("later", 2, "tier=2")).wanted(201, "add rule"));
        double idle = 0;
        if (evaluator(stock)) {
            evaluateOnce(); // What earlier works left is not counted either.
            idle = millis(this::evaluateOnce);
        }
        stock.send(stock.attachments("later"));
        Meter meter = stock.side.meter();
        long began = System.nanoTime();
        long spare = 0;
        while (locks(stock, rule) < 2L * stock.files) {
            if (evaluator(stock)) {
                evaluateOnce();
                spare += (long) (idle * 1e6);
            } else {
                Thread.sleep(5);
            }
            if (System.nanoTime() - began > 600e9) {
                throw new IllegalStateException(stock.side.name + ": not re-evaluated within ten minutes");
            }
        }
        return Math.max(0, meter.stop() * 1e9 - spare) / 1e6;
    }

    private boolean evaluator(Stock stock) {
        return stock.side.name.equals("peer");
    }

    private void evaluateOnce() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(evaluate).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(evaluate + " ended with " + process.exitValue());
        }
    }

    private static long locks(Stock stock, String rule) {
        String json = stock.side.get("/rules/" + rule).text();
        return Side.number(json, "locks_ok_cnt")
                + Side.number(json, "locks_replicating_cnt")
                + Side.number(json, "locks_stuck_cnt");
    }

    private interface Step {
        void take() throws IOException, InterruptedException;
    }

    private static double millis(Step step) throws IOException, InterruptedException {
        long began = System.nanoTime();
        step.take();
        return (System.nanoTime() - began) / 1e6;
    }
}
