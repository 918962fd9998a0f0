import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The figures of all works on all sides: medians, ratios, and why a column is empty. */
final class Table {
    private static final String ROW = "  %-22s %-8s %12s %12s %12s %9s %9s%n";

    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final Map<String, String> reasons = new TreeMap<>();

    private static final class Line {
        final String says;
        final String unit;
        final boolean more;
        final Map<String, List<Double>> values = new TreeMap<>();

        Line(String says, String unit, boolean more) {
            this.says = says;
            this.unit = unit;
            this.more = more;
        }

        OptionalDouble median(String side) {
            List<Double> all = values.getOrDefault(side, List.of()).stream().sorted().toList();
            return all.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(all.get((all.size() - 1) / 2));
        }

        /** How many times better than another side we are; a rate is better when higher, a time or a size when lower. */
        OptionalDouble ratio(String other) {
            OptionalDouble ours = median("holdfast");
            OptionalDouble theirs = median(other);
            if (ours.isEmpty() || theirs.isEmpty() || ours.getAsDouble() == 0 || theirs.getAsDouble() == 0) {
                return OptionalDouble.empty();
            }
            double times = ours.getAsDouble() / theirs.getAsDouble();
            return OptionalDouble.of(more ? times : 1 / times);
        }
    }

    Table(Map<String, String> absent) {
        reasons.putAll(absent);
    }

    void failed(String what, String why) {
        reasons.putIfAbsent(what, why);
    }

    boolean hasFailed(String side) {
        return reasons.containsKey(side);
    }

    void add(String side, String name, Works.Work work, double value) {
        add(side, name, new Line(work.says(), work.unit(), work.more()), value);
    }

    private void add(String side, String name, Line line, double value) {
        lines.computeIfAbsent(name, key -> line)
                .values
                .computeIfAbsent(side, key -> new ArrayList<>())
                .add(value);
    }

    /** Takes in figures that were measured elsewhere. */
    void read(List<String> figures) {
        for (String text : figures) {
            String[] word = text.strip().split("\\s+");
            if (word.length == 5) {
                add(word[0], word[1], new Line("", word[3], word[4].equals("more")), Double.parseDouble(word[2]));
            }
        }
    }

    /** What one work reaches on our side limits another where it is lower than the limit so far. */
    void cap(String name, String by) {
        Line line = lines.get(name);
        Line other = lines.get(by);
        if (line != null && other != null && other.median("holdfast").isPresent()) {
            double most = other.median("holdfast").getAsDouble();
            double sofar = line.median("limit").orElse(most);
            line.values.put("limit", List.of(Math.min(most, sofar)));
        }
    }

    void add(String side, String name, String unit, double value) {
        add(side, name, new Line("", unit, false), value);
    }

    void print(int runs, int files) {
        System.out.printf(
                "%nBeside Rucio: %,d files a run, medians of %d runs in turns, one kept connection, one machine%n",
                files, runs);
        System.out.printf(ROW, "work", "unit", "Holdfast", "Rucio", "limit", "x Rucio", "x limit");
        lines.forEach((name, line) -> System.out.printf(
                ROW,
                name,
                line.unit,
                shown(line.median("holdfast")),
                shown(line.median("peer")),
                shown(line.median("limit")),
                shown(line.ratio("peer")),
                shown(line.ratio("limit"))));
        lines.forEach((name, line) -> {
            if (!line.says.isEmpty()) {
                System.out.println("  " + name + ": " + line.says);
            }
        });
        reasons.forEach((what, why) -> System.out.println("  empty: " + what + ": " + why));
    }

    private static String shown(OptionalDouble value) {
        if (value.isEmpty()) {
            return "-";
        }
        double number = value.getAsDouble();
        return String.format(Locale.ROOT, number >= 100 ? "%,.0f" : number >= 10 ? "%.1f" : "%.2f", number);
    }

    void write(Path json) throws IOException {
        List<String> rows = new ArrayList<>();
        lines.forEach((name, line) -> rows.add(String.format(
                Locale.ROOT,
                "  {\"work\": \"%s\", \"holdfast\": %s, \"peer\": %s, \"limit\": %s, \"ratioPeer\": %s, \"ratioLimit\": %s,"
                        + " \"unit\": \"%s\"}",
                name,
                text(line.median("holdfast")),
                text(line.median("peer")),
                text(line.median("limit")),
                text(line.ratio("peer")),
                text(line.ratio("limit")),
                line.unit)));
        Files.createDirectories(json.toAbsolutePath().getParent());
        Files.writeString(json, "[\n" + String.join(",\n", rows) + "\n]\n");
    }

    private static String text(OptionalDouble value) {
        return value.isEmpty()
                ? "null"
                : new BigDecimal(value.getAsDouble()).round(new MathContext(4)).toPlainString();
    }
}
