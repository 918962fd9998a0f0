package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import holdfast.formats.MembersFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
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

/** {@code members sync}: takes in what the source says who is a member. */
@Command(
        name = "sync",
        description = {
            "Takes in an export of members, whole or not at all; who is in it no more may do nothing from then on.",
            "An empty export, and one by which more than one in ten would leave, is refused."
        },
        mixinStandardHelpOptions = true)
final class MembersSync implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "FILE", description = "CSV, JSON or SCIM (docs/reference/members-file.md).")
    private Path file;

    @Option(
            names = "--accept-shrinking",
            paramLabel = "N",
            description = "So many are meant to leave, no more and no fewer; it is recorded who said so.")
    private @Nullable Long accepted;

    @Option(names = "--dry-run", description = "Say what would become of it, take nothing in.")
    private boolean dryRun;

    /** The answer of {@code POST /members}. */
    record Synchronised(
            List<String> joined, List<String> changed, List<String> left, int members, Instant said, boolean wrote) {}

    @Override
    public Integer call() throws IOException {
        String text = read();
        // Checked here too, so that nothing that is no export leaves this machine.
        MembersFile.read(text, file.toString()).orThrow();
        Route route = Route.of("members")
                .with("said", Files.getLastModifiedTime(file).toInstant().toString())
                .with("dryRun", dryRun);
        Route asked = accepted == null ? route : route.with("accept", Long.toString(accepted));
        Synchronised done = Json.read(connection.ask(s -> s.postText(asked, text)), Synchronised.class);
        connection.say("%s %d members as of %s: %d joined, %d changed, %d left%s"
                .formatted(
                        dryRun ? "would take in" : "took in",
                        done.members(),
                        done.said(),
                        done.joined().size(),
                        done.changed().size(),
                        done.left().size(),
                        done.wrote() ? "" : "; nothing new"));
        done.left().forEach(id -> connection.say("  left: " + id));
        return ExitCode.OK;
    }

    private String read() throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException gone) {
            throw new ParameterException(spec.commandLine(), file + " is not there.", gone, null, "");
        } catch (CharacterCodingException notText) {
            throw new ParameterException(
                    spec.commandLine(), file + " is no text in UTF-8; export it as such.", notText, null, "");
        }
    }
}
