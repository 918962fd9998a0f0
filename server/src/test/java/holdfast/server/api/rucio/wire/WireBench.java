package holdfast.server.api.rucio.wire;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What the wire itself costs: run main and read the lines; each is the best of ten runs. */
final class WireBench {
    private static final int FILES = 10_000;
    private static final int LINES = 1_000_000;
    private static final int RUNS = 10;

    private interface Work {
        void run() throws Exception;
    }

    private WireBench() {}

    public static void main(String[] arguments) throws Exception {
        byte[] body = body();
        print(
                "body of 10,000 files read and looked through",
                FILES,
                () -> Body.read(new ByteArrayInputStream(body)).parser("x"));
        print("body of 10,000 files as parameters", FILES, () -> parameters(body));
        print("body of 10,000 files parsed as it streams", FILES, () -> parsed(body));
        print("line of a stream", LINES, WireBench::lines);
        Router router = new Router(RouteBook.of(List.of()).routes());
        print("address routed", LINES, () -> {
            for (int i = 0; i < LINES; i++) {
                router.find(Verb.GET, "/dids/mc/%2Flab%2FMC%2Fx/meta");
            }
        });
    }

    private static byte[] body() {
        StringBuilder body = new StringBuilder("{\"rse\": \"X\", \"files\": [");
        for (int i = 0; i < FILES; i++) {
            body.append(i == 0 ? "" : ", ")
                    .append("{\"scope\": \"mc\", \"name\": \"/lab/")
                    .append("x".repeat(120))
                    .append(i)
                    .append("\", \"bytes\": 1, \"adler32\": \"00000001\", \"meta\": {\"events\": 3}}");
        }
        return body.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void parameters(byte[] body) {
        long sum = 0;
        for (Parameters file :
                new Parameters(Body.read(new ByteArrayInputStream(body)).tree("dictionary")).list("files")) {
            sum += file.text("name").length() + file.number("bytes");
        }
        if (sum == 0) {
            throw new IllegalStateException();
        }
    }

    private static void parsed(byte[] body) {
        try (var parser = Body.read(new ByteArrayInputStream(body)).parser("dictionary")) {
            while (parser.nextToken() != null) {
                parser.getString();
            }
        }
    }

    private static void lines() throws Exception {
        Answer.lines(out -> {
                    for (int i = 0; i < LINES; i++) {
                        out.begin()
                                .put("scope", "mc")
                                .put("name", "/lab/MC/release/x")
                                .put("bytes", i)
                                .put("adler32", "00000001")
                                .putNull("guid")
                                .putNull("events")
                                .end();
                    }
                })
                .content()
                .to(OutputStream.nullOutputStream());
    }

    private static void print(String what, int count, Work work) throws Exception {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < RUNS; i++) {
            long begin = System.nanoTime();
            work.run();
            best = Math.min(best, System.nanoTime() - begin);
        }
        System.out.printf(Locale.ROOT, "%-48s %8.3f ms %10.0f a second%n", what, best / 1e6, count / (best / 1e9));
    }
}
