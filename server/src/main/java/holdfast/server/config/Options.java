package holdfast.server.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of {@code holdfast serve}.
 *
 * @param data where this node keeps what is its own: embedded database, keys, journal outside the database
 * @param files plan, sites and policy to adopt at the first start; later starts compare only
 * @param databaseUrl a JDBC address of PostgreSQL 15 or later; empty for the embedded one
 * @param telling the file that says who is told of alarms; empty for nobody
 * @param privateStorage whether storage elements may stand in private networks and on this machine
 * @param openers the file that names programs which open files; empty for none
 * @param issuers the file that names whose tokens are believed; empty for nobody's
 * @param members the export of members that this node reads; empty for none
 * @param listening where the server can be reached
 */
public record Options(
        Path data,
        int port,
        Optional<Files> files,
        Optional<String> databaseUrl,
        Optional<Path> telling,
        boolean privateStorage,
        Optional<Path> openers,
        Optional<Path> issuers,
        Optional<Path> members,
        Listening listening) {
    private static final int PORT = 8470;

    /** Options of a node on this machine alone that tells nobody, opens nothing and believes no issuer. */
    public Options(Path data, int port, Optional<Files> files, Optional<String> databaseUrl) {
        this(
                data,
                port,
                files,
                databaseUrl,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Listening.LOOPBACK);
    }

    /** The three files that say what is kept and where. */
    public record Files(Path plan, Path sites, Path policy) {}

    /** An option that is not understood; the message names it and says what is. */
    public static final class BadOption extends RuntimeException {
        private static final long serialVersionUID = 1;

        BadOption(String message) {
            super(message);
        }
    }

    public static final String USAGE = """
        Usage: holdfast serve [--data DIR] [--port N] [--plan FILE [--sites FILE] [--policy FILE]] [--database-url URL] [--notify FILE]
                              [--private-storage yes|no] [--openers FILE] [--issuers FILE] [--members FILE]
                              [--listen ADDRESS --tls FILE [--tls-clients FILE]] [--public-url URL]
          --data DIR          what is this node's own (default ./data)
          --port N            where it listens (default 8470; 0 takes a free one)
          --listen ADDRESS    on which address (default 127.0.0.1, this machine only; 0.0.0.0 for all, then with --tls)
          --tls FILE          certificate with its chain and its key, in PEM; read again when it changes (an open line by default)
          --tls-clients FILE  authorities whose certificates of clients log in, in PEM (none are asked for by default)
          --public-url URL    what browsers reach it by, such as https://data.example.org (needed where people log in at an issuer)
          --plan FILE         the plan to adopt at the first start (needed then; later starts only compare)
          --sites FILE        beside the plan: PLAN-sites.yaml by default
          --policy FILE       beside the plan: PLAN-policy.yaml by default
          --database-url URL  a PostgreSQL 15 or later instead of the embedded one: jdbc:postgresql://host/db?user=..
          --notify FILE       who is told of alarms, by mail or webhook (nobody by default)
          --private-storage yes  storage elements may stand in private networks and on this machine (no by default)
          --openers FILE      programs that open files, by format (none by default; then nothing shows that files open)
          --issuers FILE      whose tokens are believed (nobody's by default)
          --members FILE      the export of members: read when it changes, and every hour (none by default)
        """;

    public static Options parse(List<String> arguments) {
        Map<String, String> given = new HashMap<>();
        List<String> known = List.of(
                "--data",
                "--port",
                "--plan",
                "--sites",
                "--policy",
                "--database-url",
                "--notify",
                "--private-storage",
                "--openers",
                "--issuers",
                "--members",
                "--listen",
                "--tls",
                "--tls-clients",
                "--public-url");
        List<String> left = new ArrayList<>(arguments);
        while (!left.isEmpty()) {
            String name = left.removeFirst();
            int equals = name.indexOf('=');
            String key = equals > 0 ? name.substring(0, equals) : name;
            if (!known.contains(key)) {
                throw new BadOption("unknown option " + key + "\n" + USAGE);
            }
            if (equals < 0 && left.isEmpty()) {
                throw new BadOption("option " + key + " lacks its value\n" + USAGE);
            }
            given.put(key, equals > 0 ? name.substring(equals + 1) : left.removeFirst());
        }
        Path data =
                Path.of(given.getOrDefault("--data", "data")).toAbsolutePath().normalize();
        return new Options(
                data,
                port(given),
                files(given),
                Optional.ofNullable(given.get("--database-url")),
                Optional.ofNullable(given.get("--notify")).map(Path::of),
                privateStorage(given),
                Optional.ofNullable(given.get("--openers")).map(Path::of),
                Optional.ofNullable(given.get("--issuers")).map(Path::of),
                Optional.ofNullable(given.get("--members")).map(Path::of),
                new Listening(
                        given.getOrDefault("--listen", Listening.LOOPBACK.address()),
                        Optional.ofNullable(given.get("--tls")).map(Path::of),
                        Optional.ofNullable(given.get("--tls-clients")).map(Path::of),
                        Optional.ofNullable(given.get("--public-url"))));
    }

    private static boolean privateStorage(Map<String, String> given) {
        return switch (given.getOrDefault("--private-storage", "no")) {
            case "yes" -> true;
            case "no" -> false;
            case String other -> throw new BadOption("--private-storage takes yes or no, not " + other);
        };
    }

    private static int port(Map<String, String> given) {
        String text = given.getOrDefault("--port", Integer.toString(PORT));
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port < 65536) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            throw new BadOption("--port takes a number from 0 to 65535, not " + text);
        }
        throw new BadOption("--port takes a number from 0 to 65535, not " + text);
    }

    private static Optional<Files> files(Map<String, String> given) {
        String plan = given.get("--plan");
        if (plan == null) {
            if (given.containsKey("--sites") || given.containsKey("--policy")) {
                throw new BadOption("--sites and --policy stand beside a --plan; give the plan too");
            }
            return Optional.empty();
        }
        String stem = plan.replaceFirst("\\.ya?ml$", "");
        return Optional.of(new Files(
                Path.of(plan),
                Path.of(given.getOrDefault("--sites", stem + "-sites.yaml")),
                Path.of(given.getOrDefault("--policy", stem + "-policy.yaml"))));
    }
}
