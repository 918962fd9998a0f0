package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import holdfast.formats.dump.DumpFile;
import holdfast.formats.dump.DumpKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What both verbs that fetch a dump have in common: the file is there whole and checked, or not at all. */
final class Dump {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec verb;

    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "ELEMENT", description = "The storage element, such as LAB-DISK.")
    private String element;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where the dump is written.")
    private Path out;

    @Option(names = "--overwrite", description = "Replace FILE when it is there.")
    private boolean overwrite;

    /** What was written. */
    record Written(String file, long rows, long bytes) {}

    int fetch(DumpKind kind, String what) throws IOException {
        if (Files.exists(out) && !overwrite) {
            throw new ParameterException(
                    verb.commandLine(), out + " is there already; replace it with --overwrite, or name another.");
        }
        Path unchecked = out.resolveSibling(out.getFileName() + ".unchecked");
        try {
            connection.server().download(Route.of("dumps", element, what), unchecked);
            Written written = new Written(out.toString(), DumpFile.check(unchecked, kind), Files.size(unchecked));
            Files.move(unchecked, out, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            say(written);
        } finally {
            Files.deleteIfExists(unchecked);
        }
        return ExitCode.OK;
    }

    private void say(Written written) {
        if (connection.json()) {
            connection.out().println(Json.write(written));
        }
        connection.say("%s, %d rows, %d bytes; compare with: holdfast audit compare --catalogue FILE --listing FILE"
                .formatted(written.file(), written.rows(), written.bytes()));
    }
}
