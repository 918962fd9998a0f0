package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code restore drill}: has the server build itself anew in a database that is thrown away, and record what it found. */
@Command(
        name = "drill",
        description = "Builds the house anew from its shipped segments in a database that is thrown away, compares the"
                + " state and records the drill; exit 1 when anything differed.",
        mixinStandardHelpOptions = true)
final class RestoreDrillVerb implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "A folder on the server's machine that holds segments; the archive elements if not given.")
    private @Nullable List<Path> from;

    @Option(names = "--last", description = "Only say what the last drills found.")
    private boolean last;

    /** The body of {@code POST /restore/drills}. */
    record Asked(List<String> from) {}

    /** The answer. */
    record Drill(
            @Nullable String began,
            long entries,
            @Nullable String state,
            double seconds,
            boolean agreed,
            @Nullable List<String> problems) {}

    /** The answer of {@code GET /restore/drills}. */
    record Last(@Nullable Drill last, @Nullable Drill lastGood) {}

    @Override
    public Integer call() {
        if (last) {
            Last said = Json.read(connection.get(Route.of("restore", "drills")), Last.class);
            if (said.last() == null) {
                connection.say("No restore drill is recorded; begin one with: holdfast restore drill");
                return ExitCode.FOUND_WRONG;
            }
            return show(said.last());
        }
        List<String> folders = from == null
                ? List.of()
                : from.stream().map(p -> p.toAbsolutePath().toString()).toList();
        return show(Json.read(connection.post(Route.of("restore", "drills"), new Asked(folders)), Drill.class));
    }

    private int show(Drill drill) {
        connection.say(String.format(
                Locale.ROOT,
                "restore drill of %s: %,d entries in %.1f s",
                drill.began(),
                drill.entries(),
                drill.seconds()));
        if (drill.state() != null) {
            connection.say("state " + drill.state());
        }
        (drill.problems() == null ? List.<String>of() : drill.problems()).forEach(p -> connection.say("  " + p));
        connection.say(drill.agreed() ? "Everything came back as it was." : "NOT everything came back as it was.");
        return drill.agreed() ? ExitCode.OK : ExitCode.FOUND_WRONG;
    }
}
