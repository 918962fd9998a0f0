package holdfast.server.rebuild;

import holdfast.server.rebuild.SegmentChain.AtGap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The options of {@code holdfast rebuild}.
 *
 * @param from folders of segments, or roots of archive elements
 * @param data of the node that will serve: its database is filled unless another is named
 * @param keys files with public keys, one of which must have signed each head
 */
record RebuildOptions(
        List<Path> from,
        Path data,
        Optional<String> databaseUrl,
        List<Path> keys,
        AtGap gap,
        boolean dryRun,
        boolean json) {

    static final String USAGE = """
            Usage: holdfast rebuild --from DIR [--from DIR ...] --data DIR [--database-url URL] [--key PUB ...]
                                    [--up-to-damage] [--dry-run] [--json]
            Builds a lost database anew from the journal's segments; the house then begins in custody hold.
              --from DIR          a folder of segments, or the root of an archive element (its .journal/ is read);
                                  give every one that is left, they are compared
              --data DIR          the node's own folder (default ./data); its database must be empty
              --database-url URL  an empty PostgreSQL 15 or later instead of the embedded one
              --key PUB           the journal's public key as kept elsewhere: every head must be signed with it; several
                                  where the key was changed. Without it signatures are not checked, and that is said
              --up-to-damage      where a segment is missing or damaged in every copy, take what comes before it
              --dry-run           check and fold everything, and write nothing
              --json              write the answer as JSON
            Exit codes: 0 rebuilt, 1 the rows differ from the journal, 2 refused
            """;

    /** Reads the arguments after the verb. @throws RebuildRefused for one that is not understood */
    static RebuildOptions parse(List<String> arguments) {
        Map<String, List<String>> given = new TreeMap<>();
        List<String> flags = List.of("--up-to-damage", "--dry-run", "--json");
        List<String> known = List.of("--from", "--data", "--database-url", "--key");
        List<String> left = new ArrayList<>(arguments);
        while (!left.isEmpty()) {
            String name = left.removeFirst();
            int equals = name.indexOf('=');
            String key = equals > 0 ? name.substring(0, equals) : name;
            if (flags.contains(name)) {
                given.put(name, List.of());
            } else if (!known.contains(key)) {
                throw new RebuildRefused("unknown option " + key + "\n" + USAGE);
            } else if (equals < 0 && left.isEmpty()) {
                throw new RebuildRefused("option " + key + " lacks its value\n" + USAGE);
            } else {
                given.computeIfAbsent(key, k -> new ArrayList<>())
                        .add(equals > 0 ? name.substring(equals + 1) : left.removeFirst());
            }
        }
        if (!given.containsKey("--from")) {
            throw new RebuildRefused("--from is missing: the folders that hold the segments\n" + USAGE);
        }
        return of(given);
    }

    private static RebuildOptions of(Map<String, List<String>> given) {
        return new RebuildOptions(
                paths(given, "--from"),
                Path.of(one(given, "--data").orElse("data")).toAbsolutePath().normalize(),
                one(given, "--database-url"),
                paths(given, "--key"),
                given.containsKey("--up-to-damage") ? AtGap.STOP : AtGap.REFUSE,
                given.containsKey("--dry-run"),
                given.containsKey("--json"));
    }

    private static List<Path> paths(Map<String, List<String>> given, String name) {
        return given.getOrDefault(name, List.of()).stream()
                .map(p -> Path.of(p).toAbsolutePath().normalize())
                .toList();
    }

    private static Optional<String> one(Map<String, List<String>> given, String name) {
        List<String> values = given.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw new RebuildRefused("option " + name + " is given " + values.size() + " times; give it once");
        }
        return values.stream().findFirst();
    }
}
