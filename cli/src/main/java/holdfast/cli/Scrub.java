package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code scrub}: has copies read again now, whatever the plan's intervals say. */
@Command(
        name = "scrub",
        description = "Makes the proofs of all copies due at once: they are read and compared again.",
        mixinStandardHelpOptions = true)
final class Scrub implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Parameters(arity = "0..1", paramLabel = "ELEMENT", description = "One storage element; all if not given.")
    private @Nullable String element;

    @Option(names = "--dry-run", description = "Say which elements would be read, order nothing.")
    private boolean dryRun;

    /** The body of {@code POST /scrubs}. */
    record Asked(@Nullable String element) {}

    /** Its answer. */
    record Due(long due) {}

    /** What a dry run says. */
    record Meant(boolean dryRun, List<String> elements) {}

    @Override
    public Integer call() {
        if (dryRun) {
            return wouldRead();
        }
        Due due = Json.read(connection.post(Route.of("scrubs"), new Asked(element)), Due.class);
        connection.say(due.due() + " copies are due to be read; wait for them with: holdfast status --wait");
        return ExitCode.OK;
    }

    private int wouldRead() {
        SitesVerb.Element[] known = Json.read(connection.server().get(Route.of("sites")), SitesVerb.Element[].class);
        List<String> names = Arrays.stream(known)
                .map(SitesVerb.Element::name)
                .filter(n -> element == null || n.equals(element))
                .toList();
        if (names.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "There is no storage element " + element + "; holdfast sites lists them.");
        }
        if (connection.json()) {
            connection.out().println(Json.write(new Meant(true, names)));
        }
        connection.say("would read every copy again at " + String.join(", ", names));
        return ExitCode.OK;
    }
}
