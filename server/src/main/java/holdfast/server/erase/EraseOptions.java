package holdfast.server.erase;

import holdfast.vocabulary.SiteName;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The options of {@code holdfast erase}.
 *
 * @param token a file with the token of the site's account, read anew for each request
 * @param sites the site's own sites file
 * @param secrets where the credentials lie that the settings in it name
 * @param signers the site's own list of signers
 * @param book what this process saw and did
 */
record EraseOptions(
        SiteName site,
        URI house,
        Path token,
        Path sites,
        Path secrets,
        Path signers,
        Path book,
        boolean privateStorage,
        boolean once) {

    static final String USAGE = """
            Usage: holdfast erase --site SITE --house URL --token-file FILE --sites FILE --secrets DIR --signers FILE
                                  --book FILE [--private-storage] [--once]
            Removes copies of signed releases at one site, by the site's own rules and with its own credential. It has
            no database, and removes nothing by the house's word alone.
              --site SITE         the site that this process serves, and no other
              --house URL         where the house answers; https, but on this machine
              --token-file FILE   the token of an account with the attribute eraser-SITE; read anew for each request
              --sites FILE        the site's own sites file: its elements with deletes: {by: site}
              --secrets DIR       where the files lie that its settings name, such as the delete credential
              --signers FILE      whose signatures count here: a line with name and public key for each
              --book FILE         what was seen and done, one JSON line each, only ever appended to
              --private-storage   elements may stand in private networks and on this machine
              --once              one round and no more; otherwise a round each minute
            Exit codes with --once: 0 all that was due has gone, 1 something was refused or stands, 2 not possible
            """;

    private static final Set<String> FLAGS = Set.of("--private-storage", "--once");
    private static final Set<String> VALUES =
            Set.of("--site", "--house", "--token-file", "--sites", "--secrets", "--signers", "--book");

    /** Reads the arguments after the verb. @throws EraseRefused for one that is not understood, or is missing */
    static EraseOptions parse(List<String> arguments) {
        Map<String, String> given = new TreeMap<>();
        List<String> left = new ArrayList<>(arguments);
        while (!left.isEmpty()) {
            String name = left.removeFirst();
            if (FLAGS.contains(name)) {
                given.put(name, "");
            } else if (!VALUES.contains(name)) {
                throw new EraseRefused("unknown option " + name + "\n" + USAGE);
            } else if (left.isEmpty()) {
                throw new EraseRefused("option " + name + " lacks its value\n" + USAGE);
            } else {
                given.put(name, left.removeFirst());
            }
        }
        VALUES.stream()
                .sorted()
                .filter(name -> !given.containsKey(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new EraseRefused("option " + name + " is missing\n" + USAGE);
                });
        return new EraseOptions(
                new SiteName(given.getOrDefault("--site", "")),
                house(given.getOrDefault("--house", "")),
                path(given, "--token-file"),
                path(given, "--sites"),
                path(given, "--secrets"),
                path(given, "--signers"),
                path(given, "--book"),
                given.containsKey("--private-storage"),
                given.containsKey("--once"));
    }

    private static Path path(Map<String, String> given, String name) {
        return Path.of(given.getOrDefault(name, "")).toAbsolutePath().normalize();
    }

    /** A token goes over TLS, or does not leave this machine. */
    private static URI house(String text) {
        try {
            URI house = URI.create(text.replaceAll("/+$", ""));
            boolean fit = "https".equals(house.getScheme())
                    || ("http".equals(house.getScheme())
                            && InetAddress.getByName(house.getHost()).isLoopbackAddress());
            if (fit) {
                return house;
            }
        } catch (IllegalArgumentException | UnknownHostException e) {
            throw new EraseRefused("--house " + text + " is no address of a house: " + e.getMessage());
        }
        throw new EraseRefused("--house takes an https address, or http on this machine; " + text + " is neither");
    }
}
