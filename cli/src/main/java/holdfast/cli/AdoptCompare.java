package holdfast.cli;

import holdfast.cli.adopt.Compared;
import holdfast.cli.adopt.Comparing;
import holdfast.cli.adopt.Progress;
import holdfast.cli.adopt.Source;
import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code adopt compare}: the files of one scope there and here, both ways. */
@Command(
        name = "compare",
        description = {
            "Lists the files of a scope there and here and compares: names, bytes, digests that both state, copies.",
            "Memory does not grow with the scope. Exit 0 only when both are equal; the digest is what an act names"
                    + " that",
            "makes the scope managed here.",
        },
        mixinStandardHelpOptions = true)
final class AdoptCompare implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Mixin
    private Foreign foreign;

    @Parameters(
            paramLabel = "URL|DUMP",
            description = "The Rucio server's address, or a folder with a dump of its tables.")
    private String place;

    @Option(names = "--scope", required = true, paramLabel = "S", description = "The scope.")
    private String scope;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the comparison here, every difference a line of JSON; it is replaced.")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        connection.server().get(Route.of("status"));
        Compared compared = out == null ? compare(OutputStream.nullOutputStream()) : compareInto(out);
        show(compared);
        return compared.agree() ? ExitCode.OK : ExitCode.FOUND_WRONG;
    }

    /** Whole or not at all. */
    private Compared compareInto(Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Compared compared;
            try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
                compared = compare(to);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return compared;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private Compared compare(OutputStream to) throws IOException {
        try (Source source = foreign.open(place);
                Progress progress = Progress.start(connection.err(), foreign.form())) {
            return new Comparing(connection.server(), source, progress).compare(scope, to);
        }
    }

    private void show(Compared c) {
        if (connection.json()) {
            connection.out().println(Json.write(c));
            return;
        }
        count(c.equal(), "equal");
        count(c.onlyThere(), "only there");
        count(c.onlyHere(), "only here");
        count(c.different(), "different");
        count(c.copiesOnlyThere(), "copies only there, of files that both have");
        count(c.copiesOnlyHere(), "copies only here, of files that both have");
        c.first().forEach(f -> connection.say("  " + f.what() + "  " + f.name()));
        if (!c.agree() && out == null) {
            connection.say("Name a file with --out to have every difference written.");
        }
        connection.say("comparison " + c.digest());
        if (out != null) {
            connection.say("It stands in " + out + "; the act: holdfast adopt manage " + scope + " --comparison " + out
                    + " --as NAME --reason WHY");
        }
    }

    private void count(long number, String what) {
        connection.say(String.format(Locale.ROOT, "%,12d %s", number, what));
    }
}
