import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Prints how long each suite took, from Surefire's reports and the shell tests' list, and every skip with its reason.
 *
 * <p>A suite is one package of one module. Ends with 1 when a test failed or never came to a report, when a skip states no
 * reason, when any skip is there and the first argument is {@code fail}, or when no test ran at all.
 */
class Suites {

    private final Map<String, Suite> suites = new TreeMap<>();
    private final List<Skip> skips = new ArrayList<>();
    private final Set<String> reported = new TreeSet<>();
    private final Set<String> compiled = new TreeSet<>();

    private record Suite(int tests, int failed, int skipped, double seconds) {
        Suite plus(Suite other) {
            return new Suite(
                    tests + other.tests, failed + other.failed, skipped + other.skipped, seconds + other.seconds);
        }
    }

    private record Skip(String test, String reason) {}

    public static void main(String[] arguments) throws Exception {
        Suites all = new Suites();
        all.readReports();
        all.readClasses();
        all.readShellTests(Path.of("target", "shell-tests.tsv"));
        all.print();
        System.exit(all.acceptable(arguments.length > 0 && arguments[0].equals("fail")) ? 0 : 1);
    }

    private void readReports() throws Exception {
        List<Path> reports;
        try (Stream<Path> found = Files.walk(Path.of(""), 4)) {
            reports = found.filter(file -> file.getParent() != null
                            && file.getParent().endsWith("target/surefire-reports")
                            && file.getFileName().toString().matches("TEST-.*\\.xml"))
                    .sorted()
                    .toList();
        }
        for (Path report : reports) {
            readReport(report);
        }
    }

    /** Every class of tests: one whose JVM died has no report, and nothing else would tell. */
    private void readClasses() throws IOException {
        for (Path module : List.of(Path.of("core"), Path.of("formats"), Path.of("cli"), Path.of("server"))) {
            Path classes = module.resolve("target/test-classes");
            if (Files.isDirectory(classes)) {
                try (Stream<Path> found = Files.walk(classes)) {
                    for (Path file : found.filter(f -> f.toString().matches("[^$]*(?<!Under)Test\\.class")).toList()) {
                        readClass(module, file);
                    }
                }
            }
        }
    }

    private void readClass(Path module, Path file) throws IOException {
        ClassModel type = ClassFile.of().parse(file);
        if (!type.flags().has(AccessFlag.ABSTRACT)) {
            compiled.add(module + "  " + type.thisClass().asInternalName().replace('/', '.'));
        }
    }

    private void readReport(Path report) throws Exception {
        Element suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(report.toFile())
                .getDocumentElement();
        String module = report.getName(0).toString();
        String type = suite.getAttribute("name");
        reported.add(module + "  " + type);
        String room = type.contains(".") ? type.substring(0, type.lastIndexOf('.')) : "";
        int failed = number(suite, "failures") + number(suite, "errors");
        suites.merge(
                module + "  " + room,
                new Suite(number(suite, "tests"), failed, number(suite, "skipped"), seconds(suite)),
                Suite::plus);
        NodeList skipped = suite.getElementsByTagName("skipped");
        for (int i = 0; i < skipped.getLength(); i++) {
            Element skip = (Element) skipped.item(i);
            String test = ((Element) skip.getParentNode()).getAttribute("name");
            skips.add(new Skip(type + "." + test, skip.getAttribute("message").strip()));
        }
    }

    private static int number(Element suite, String attribute) {
        return Integer.parseInt(suite.getAttribute(attribute));
    }

    private static double seconds(Element suite) {
        return Double.parseDouble(suite.getAttribute("time").replace(",", ""));
    }

    private void readShellTests(Path list) throws IOException {
        if (!Files.exists(list)) {
            return;
        }
        for (String line : Files.readAllLines(list)) {
            String[] field = line.split("\t");
            suites.put(
                    "shell  " + field[0],
                    new Suite(Integer.parseInt(field[1]), Integer.parseInt(field[2]), 0, Double.parseDouble(field[3])));
        }
    }

    private void print() {
        System.out.println();
        int width = suites.keySet().stream().mapToInt(String::length).max().orElse(5);
        String row = "%-" + width + "s  %7s  %7s  %7s  %8s%n";
        System.out.printf(row, "suite", "tests", "failed", "skipped", "seconds");
        suites.entrySet().stream()
                .sorted(Comparator.comparingDouble(entry -> -entry.getValue().seconds()))
                .forEach(entry -> printRow(row, entry.getKey(), entry.getValue()));
        printRow(row, "all", suites.values().stream().reduce(new Suite(0, 0, 0, 0), Suite::plus));
        for (Skip skip : skips) {
            System.out.println(
                    "skipped: " + skip.test() + ": " + (skip.reason().isEmpty() ? "NO REASON GIVEN" : skip.reason()));
        }
    }

    private static void printRow(String row, String name, Suite suite) {
        String seconds = String.format(Locale.ROOT, "%.1f", suite.seconds());
        System.out.printf(row, name, suite.tests(), suite.failed(), suite.skipped(), seconds);
    }

    private boolean acceptable(boolean noSkipMayPass) {
        if (suites.isEmpty()) {
            System.out.println("No test ran.");
            return false;
        }
        compiled.removeAll(reported);
        compiled.forEach(type -> System.out.println("no report: " + type + ": its JVM ended before it, or it was not played"));
        if (!compiled.isEmpty() || suites.values().stream().anyMatch(suite -> suite.failed() > 0)) {
            return false;
        }
        if (noSkipMayPass && !skips.isEmpty()) {
            System.out.println("Skipped tests fail here: mend what they miss.");
            return false;
        }
        return skips.stream().noneMatch(skip -> skip.reason().isEmpty());
    }
}
