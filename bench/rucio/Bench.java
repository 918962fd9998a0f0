import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Gives two servers the same works by the same calls, run by run in turns, and prints the medians side by side.
 *
 * <p>Options: {@code --holdfast URL USER PASSWORD}, {@code --peer URL USER PASSWORD}, {@code --absent SIDE REASON},
 * {@code --processes SIDE PID,...} (whose work is counted), {@code --evaluate COMMAND}, {@code --runs N}, {@code --files N}, {@code --growth N}, {@code --figures FILE} (further
 * figures as lines {@code SIDE WORK NUMBER UNIT more|less}, side is holdfast, peer or limit), {@code --after COMMAND} that
 * prints such lines when the works are done, {@code --json FILE}; then names of works.
 */
final class Bench {
    private final Map<String, Side> sides = new LinkedHashMap<>();
    private final Map<String, String> absent = new TreeMap<>();
    private final List<String> wanted = new ArrayList<>();
    private final List<Integer> growth = new ArrayList<>();
    private List<String> evaluate = List.of();
    private List<String> after = List.of();
    private int runs = 3;
    private int files = 10_000;
    private Path figures = Path.of("/dev/null");
    private Path json = Path.of("target/bench.json");

    public static void main(String[] arguments) throws Exception {
        Bench bench = new Bench();
        bench.read(new ArrayList<>(List.of(arguments)));
        System.exit(bench.run() ? 0 : 1);
    }

    private void read(List<String> words) {
        while (!words.isEmpty()) {
            String word = words.removeFirst();
            switch (word) {
                case "--holdfast", "--peer" -> {
                    Side side = new Side(word.substring(2), URI.create(words.removeFirst()));
                    sides.put(side.name, side.login(words.removeFirst(), words.removeFirst()));
                }
                case "--processes" -> {
                    Side side = sides.get(words.removeFirst());
                    side.processes(Stream.of(words.removeFirst().split(","))
                            .map(Long::valueOf)
                            .toList());
                }
                case "--absent" -> absent.put(words.removeFirst(), words.removeFirst());
                case "--evaluate" -> evaluate = List.of(words.removeFirst().split(" "));
                case "--runs" -> runs = Integer.parseInt(words.removeFirst());
                case "--files" -> files = Integer.parseInt(words.removeFirst());
                case "--after" -> after = List.of(words.removeFirst());
                case "--growth" -> growth.add(Integer.parseInt(words.removeFirst()));
                case "--figures" -> figures = Path.of(words.removeFirst());
                case "--json" -> json = Path.of(words.removeFirst());
                default -> wanted.add(word);
            }
        }
    }

    private boolean run() throws IOException {
        Table table = new Table(absent);
        boolean good = true;
        for (Side side : sides.values()) {
            try {
                side.furnish();
            } catch (IllegalStateException e) {
                table.failed(side.name, "it could not be furnished: " + e.getMessage());
                good = false;
            }
        }
        Map<String, Works.Work> works = new Works(evaluate).all();
        works.keySet().retainAll(wanted);
        for (int run = 1; run <= runs; run++) {
            for (Side side : sides.values()) {
                if (!table.hasFailed(side.name)) {
                    good &= oneRun(table, works, side, run);
                }
            }
        }
        good &= grown(table);
        table.read(Files.readAllLines(figures));
        if (!after.isEmpty()) {
            table.read(lines(after));
        }
        table.cap("get_did", "ping");
        table.print(runs, files);
        table.write(json);
        return good;
    }

    private boolean grown(Table table) {
        Side side = sides.get("holdfast");
        try {
            for (int size : side == null ? List.<Integer>of() : growth) {
                new Growth(side, size).measure(table);
            }
            return true;
        } catch (IllegalStateException e) {
            table.failed("holdfast growth", e.getMessage());
            return false;
        }
    }

    private static List<String> lines(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return process.inputReader().lines().toList();
    }

    private boolean oneRun(Table table, Map<String, Works.Work> works, Side side, int run) {
        boolean good = true;
        String tag = Long.toString(System.currentTimeMillis() % 1_000_000_000L, 36);
        Stock stock = new Stock(side, "bench" + tag + run, files);
        for (var work : works.entrySet()) {
            try {
                double value = work.getValue().run().measure(stock);
                table.add(side.name, work.getKey(), work.getValue(), value);
                side.cpuMillis().ifPresent(cpu -> table.add(side.name, "cpu_" + work.getKey(), "ms", cpu));
                System.err.printf("  run %d, %s, %s: %.1f %s%n", run, side.name, work.getKey(), value, work.getValue().unit());
            } catch (Exception e) {
                table.failed(side.name + " " + work.getKey(), String.valueOf(e.getMessage()));
                System.err.println("  run " + run + ", " + side.name + ", " + work.getKey() + " FAILED: " + e.getMessage());
                good = false;
            }
        }
        return good;
    }
}
