package holdfast.spark;

import holdfast.formats.Json;
import holdfast.formats.dump.BadDump;
import holdfast.formats.dump.Compared;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Runs the big audit from a prompt: {@code audit-spark/run.sh} calls it. Exit codes are those of {@code holdfast}. */
public final class AuditSpark {
    private static final List<String> VALUES =
            List.of("--catalogue", "--listing", "--out", "--master", "--ranges", "--temporary");
    private static final String LOOPBACK = "127.0.0.1";
    private static final String PROPERTIES = "HOLDFAST_SPARK_PROPERTIES";
    private static final String USAGE = "usage: audit-spark/run.sh --catalogue FILE --listing FILE [--out FINDINGS]"
            + " [--json] [--master local[N]|spark://HOST:PORT] [--ranges N] [--temporary DIR]";

    private AuditSpark() {}

    /** Ends the process with 0 when nothing was found, 1 when something was, 2 when the question was wrong. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /** Wrong use; the message says what is right. */
    private static final class WrongUse extends RuntimeException {
        private static final long serialVersionUID = 1;

        WrongUse(String message) {
            super(message);
        }
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.contains("--help")) {
            out.println(USAGE);
            return 0;
        }
        try {
            Map<String, String> options = options(arguments);
            Compared compared = compare(options);
            say(compared, options.containsKey("--json"), out);
            return compared.counted().findings() == 0 ? 0 : 1;
        } catch (WrongUse | BadDump | IOException wrong) {
            err.println(wrong.getMessage());
            return 2;
        }
    }

    private static Compared compare(Map<String, String> options) throws IOException {
        SparkComparison comparison =
                new SparkComparison(needed(options, "--catalogue"), needed(options, "--listing"), ranges(options));
        try (JavaSparkContext spark = new JavaSparkContext(settings(options))) {
            spark.setLogLevel("WARN");
            return comparison.compare(
                    spark, Optional.ofNullable(options.get("--out")).map(Path::of));
        }
    }

    /** Our own settings; a file that HOLDFAST_SPARK_PROPERTIES names wins over them. */
    private static SparkConf settings(Map<String, String> options) throws IOException {
        SparkConf settings = settings(options.getOrDefault("--master", "local[*]"));
        Optional.ofNullable(options.get("--temporary")).ifPresent(folder -> settings.set("spark.local.dir", folder));
        String file = System.getenv(PROPERTIES);
        if (file != null && !file.isBlank()) {
            Properties more = new Properties();
            try (Reader text = Files.newBufferedReader(Path.of(file))) {
                more.load(text);
            }
            more.stringPropertyNames().forEach(name -> settings.set(name, more.getProperty(name)));
        }
        return settings;
    }

    static SparkConf settings(String master) {
        SparkConf settings = new SparkConf()
                .setAppName("holdfast audit")
                .setMaster(master)
                .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                .set("spark.ui.enabled", "false");
        // One process alone has nobody to talk to.
        return master.startsWith("local")
                ? settings.set("spark.driver.host", LOOPBACK).set("spark.driver.bindAddress", LOOPBACK)
                : settings;
    }

    private static void say(Compared compared, boolean json, PrintStream out) {
        if (json) {
            out.println(Json.write(compared));
        } else {
            compared.sentences().forEach(out::println);
        }
    }

    private static Map<String, String> options(List<String> arguments) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String name = arguments.get(i);
            if (name.equals("--json")) {
                options.put(name, "");
            } else if (VALUES.contains(name) && i + 1 < arguments.size()) {
                options.put(name, arguments.get(++i));
            } else {
                throw new WrongUse(name + ": not known, or without its value\n" + USAGE);
            }
        }
        return options;
    }

    private static String needed(Map<String, String> options, String name) {
        String value = options.get(name);
        if (value == null) {
            throw new WrongUse(name + " is missing\n" + USAGE);
        }
        return value;
    }

    private static OptionalInt ranges(Map<String, String> options) {
        String text = options.get("--ranges");
        if (text == null) {
            return OptionalInt.empty();
        }
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw new WrongUse("--ranges " + text + ": give a number from 1 up");
        }
        return OptionalInt.of(Integer.parseInt(text));
    }
}
