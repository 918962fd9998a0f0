import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * How the answers' times grow with the catalogue: loads a number of files, 10,000 to a dataset, then takes the median time
 * of single calls. Looks at few datasets, so that what it reads stays in memory at any size.
 */
final class Growth {
    private static final int BIG = 10_000;
    private static final int SMALL = 1_000;

    private final Side side;
    private final int size;
    private final String scope;

    Growth(Side side, int size) {
        this.side = side;
        this.size = size;
        this.scope = "growth" + Long.toString(System.currentTimeMillis() % 1_000_000_000L, 36);
    }

    void measure(Table table) {
        side.post("/accounts/root/scopes/" + scope, "");
        double began = System.nanoTime();
        for (int chunk = 0; chunk * BIG < size; chunk++) {
            load(part(chunk), chunk);
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        System.err.printf("  growth: %,d files loaded in %.0f s%n", size, seconds);
        String tail = "_" + size;
        table.add("holdfast", "growth_list_replicas_10000" + tail, "ms", median(21, i -> list("big" + i % 5)));
        table.add("holdfast", "growth_list_replicas_1000" + tail, "ms", median(21, i -> list("small" + i % 5)));
        table.add("holdfast", "growth_get_did" + tail, "ms", median(501, this::getDid));
        table.add("holdfast", "growth_rule" + tail, "ms", median(5, i -> rule("small" + i)));
        table.add("holdfast", "growth_add_replicas_1000" + tail, "ms", addReplicas());
    }

    private interface Call {
        byte[] at(int i);
    }

    /** Median milliseconds of a call; the first third warms up. */
    private double median(int times, Call call) {
        double[] millis = new double[times];
        for (int i = 0; i < times; i++) {
            byte[] request = call.at(i);
            long began = System.nanoTime();
            int status = side.send(request).status();
            millis[i] = (System.nanoTime() - began) / 1e6;
            if (status != 200 && status != 201) {
                throw new IllegalStateException("growth: an answer of " + status);
            }
        }
        double[] warm = Arrays.copyOfRange(millis, times / 3, times);
        Arrays.sort(warm);
        return warm[warm.length / 2];
    }

    private Stock part(int chunk) {
        return new Stock(side, scope, BIG) {
            @Override
            String file(int i) {
                return "lab/mc/prod%06d/sub%03d/mc_generic_task_%09d.mdst.root".formatted(chunk, i / SMALL, i);
            }
        };
    }

    private void load(Stock stock, int chunk) {
        stock.send(stock.registrations());
        stock.addDataset("big" + chunk);
        stock.send(stock.attachments("big" + chunk));
        if (chunk < 5) {
            stock.addDataset("small" + chunk);
            stock.send(stock.attachments("small" + chunk).subList(0, 1));
        }
    }

    private byte[] list(String dataset) {
        return side.prepared(
                "POST", "/replicas/list", "{\"dids\":[{\"scope\":\"" + scope + "\",\"name\":\"" + dataset + "\"}]}");
    }

    private byte[] getDid(int i) {
        int file = RandomGenerator.of("L64X128MixRandom").nextInt(BIG);
        return side.prepared("GET", "/dids/" + scope + "/" + Stock.escaped(part(i % 5).file(file)), "");
    }

    private byte[] rule(String dataset) {
        return part(0).rule(dataset, 2, "tier=2");
    }

    private double addReplicas() {
        Stock more = part(size / BIG + 1);
        var calls = more.registrations();
        return median(calls.size(), calls::get);
    }
}
