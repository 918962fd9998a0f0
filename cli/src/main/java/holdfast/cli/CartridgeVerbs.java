package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import holdfast.retention.Act;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The verbs about cartridges. */
@Command(
        name = "cartridge",
        description = "What lies on a cartridge, and what its loss means.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB")
final class CartridgeVerbs implements Runnable {
    @Spec
    private CommandSpec spec;

    /** The answer of {@code GET /cartridges}. */
    record Cartridge(
            String element,
            String label,
            long bytes,
            @Nullable List<OnIt> files,
            @Nullable List<Ordered> orders) {}

    /**
     * A file on it.
     *
     * @param countingElsewhere copies that count on other elements or cartridges
     */
    record OnIt(String did, long bytes, int countingElsewhere, int mayCountElsewhere) {}

    /** What would be ordered where. */
    record Ordered(String element, long copies, long bytes) {}

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "A verb about cartridges is missing.");
    }

    @Command(
            name = "lost",
            description = {
                "Names every file on a cartridge, those of which it has the last copy, and what would be ordered;",
                "without --dry-run it proposes to declare those copies gone. Two must sign, then repair begins.",
            },
            mixinStandardHelpOptions = true)
    int lost(
            @Mixin Connection connection,
            @Mixin Proposing proposing,
            @Parameters(paramLabel = "ELEMENT", description = "The tape element.") String element,
            @Parameters(paramLabel = "LABEL", description = "The cartridge's label.") String label,
            @Option(names = "--names", description = "Name every file, not only those that are the last.")
                    boolean names)
            throws IOException, GeneralSecurityException {
        String told = connection
                .server()
                .get(Route.of("cartridges").with("element", element).with("label", label));
        Cartridge cartridge = Json.read(told, Cartridge.class);
        List<OnIt> files = cartridge.files() == null ? List.of() : cartridge.files();
        if (files.isEmpty()) {
            connection.err().println("No copy stands on cartridge " + label + " of " + element + ".");
            return ExitCode.USAGE;
        }
        say(connection, cartridge, files, names);
        if (proposing.dryRun()) {
            if (connection.json()) {
                connection.out().println(told.strip());
            }
            return ExitCode.OK;
        }
        List<DataId> all = files.stream().map(f -> DataId.parse(f.did())).toList();
        for (int from = 0; from < all.size(); from += Act.MOST_FILES) {
            List<DataId> some = all.subList(from, Math.min(all.size(), from + Act.MOST_FILES));
            proposing.propose(connection, new Act.CartridgeLost(new StorageName(element), label, some));
        }
        return ExitCode.OK;
    }

    private static void say(Connection connection, Cartridge cartridge, List<OnIt> files, boolean names) {
        List<OnIt> last = files.stream().filter(f -> f.countingElsewhere() == 0).toList();
        connection.say(String.format(
                Locale.ROOT,
                "Cartridge %s of %s: %,d files, %,d bytes; of %,d it has the last copy that counts.",
                cartridge.label(),
                cartridge.element(),
                files.size(),
                cartridge.bytes(),
                last.size()));
        last.forEach(f -> connection.say("  last copy  " + f.did()
                + (f.mayCountElsewhere() > 0 ? "  (" + f.mayCountElsewhere() + " elsewhere may count)" : "")));
        if (names) {
            files.stream()
                    .filter(f -> f.countingElsewhere() > 0)
                    .forEach(f -> connection.say("  " + f.did() + "  " + f.countingElsewhere() + " elsewhere"));
        }
        (cartridge.orders() == null ? List.<Ordered>of() : cartridge.orders())
                .forEach(o -> connection.say(String.format(
                        Locale.ROOT,
                        "  would be ordered at %s: %,d copies, %,d bytes",
                        o.element(),
                        o.copies(),
                        o.bytes())));
    }
}
