package holdfast.cli;

import holdfast.formats.Json;
import holdfast.formats.dump.Compared;
import holdfast.formats.dump.DumpComparison;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code audit compare}: a catalogue's dump against a listing's, with no server. */
@Command(
        name = "compare",
        description = {
            "Compares a catalogue's dump with a listing's, with no server: what is missing, dark or different.",
            "Memory does not grow with the dumps; unsorted ones are sorted in the temporary folder, which needs about"
                    + " their size. Exit 1 when anything was found.",
        },
        mixinStandardHelpOptions = true)
final class AuditCompare implements Callable<Integer> {
    private static final long MEBI = 1 << 20;

    @Spec
    private CommandSpec spec;

    @Option(names = "--catalogue", paramLabel = "FILE", required = true, description = "The catalogue's dump.")
    private Path catalogue;

    @Option(names = "--listing", paramLabel = "FILE", required = true, description = "The listing's dump.")
    private Path listing;

    @Option(names = "--out", paramLabel = "FILE", description = "Write every finding here; it is replaced.")
    private @Nullable Path out;

    @Option(
            names = "--temporary",
            paramLabel = "DIR",
            description = "A folder for sorting; the system's own if not given.")
    private @Nullable Path temporary;

    @Option(
            names = "--memory",
            paramLabel = "MIB",
            defaultValue = "192",
            description = "How much memory lines may take while they are sorted; ${DEFAULT-VALUE} if not given.")
    private int memory;

    @Option(names = "--json", description = "Write the answer as JSON.")
    private boolean json;

    /** The answer with what weakens it. */
    record Answer(
            Compared compared,
            List<String> remarks,
            @Nullable String findings) {}

    @Override
    public Integer call() throws IOException {
        readable(catalogue);
        readable(listing);
        Path folder = temporary == null ? Path.of(System.getProperty("java.io.tmpdir")) : temporary;
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw wrong(folder + " is no folder to write in; name another with --temporary");
        }
        if (memory < 1) {
            throw wrong("--memory " + memory + ": give at least 1 MiB");
        }
        Compared compared =
                new DumpComparison(catalogue, listing, folder, memory * MEBI).compare(Optional.ofNullable(out));
        say(compared);
        return compared.counted().findings() == 0 ? ExitCode.OK : ExitCode.FOUND_WRONG;
    }

    private void say(Compared compared) {
        PrintWriter to = spec.commandLine().getOut();
        if (json) {
            to.println(Json.write(new Answer(compared, compared.remarks(), out == null ? null : out.toString())));
            return;
        }
        compared.sentences().forEach(to::println);
        if (out != null) {
            to.println("Every finding stands in " + out + ".");
        } else if (compared.counted().findings() > 0) {
            to.println("Name a file with --out to have every finding written.");
        }
    }

    private void readable(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw wrong(file + " is no file that can be read");
        }
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), what);
    }
}
