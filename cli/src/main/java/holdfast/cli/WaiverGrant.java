package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
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

/** {@code waiver grant}: a dated, owned exception for files named one by one. */
@Command(
        name = "grant",
        description = {
            "Grants a dated, owned exception for files named one by one.",
            "It stands beside the verdict and changes neither the verdict nor placement, repair or release.",
        },
        mixinStandardHelpOptions = true)
final class WaiverGrant implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Parameters(index = "0", paramLabel = "CLAUSE", description = "The clause, such as P-25.")
    private String clause;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "DID", description = "The files, as scope:name.")
    private List<String> subjects = new ArrayList<>();

    @Option(names = "--subjects", paramLabel = "FILE", description = "More files, one scope:name in each line.")
    private @Nullable Path list;

    @Option(names = "--owner", required = true, paramLabel = "O", description = "Who answers for it.")
    private String owner;

    @Option(names = "--reason", required = true, paramLabel = "R", description = "Why.")
    private String reason;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = TimeText.Moment.class,
            description = "When it begins; now if not given.")
    private @Nullable Instant from;

    @Option(
            names = "--until",
            required = true,
            paramLabel = "TIME",
            converter = TimeText.Moment.class,
            description = "When it lapses: +30d, 2026-08-03 or 2026-08-03T10:00Z; at most 90 days.")
    private Instant until;

    @Option(names = "--dry-run", description = "Check it, grant nothing.")
    private boolean dryRun;

    /** The body of {@code POST /waivers}. */
    record Granted(
            String clause,
            List<String> subjects,
            String owner,
            String reason,
            @Nullable String from,
            String until) {}

    /** Its answer. */
    record Answer(@Nullable String id) {}

    @Override
    public Integer call() throws IOException {
        if (list != null) {
            Files.readAllLines(list).stream()
                    .map(String::strip)
                    .filter(l -> !l.isEmpty())
                    .forEach(subjects::add);
        }
        if (subjects.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "A waiver names its files one by one; give a DID or --subjects FILE.");
        }
        String begins = from == null ? null : from.toString();
        Granted granted = new Granted(clause, subjects, owner, reason, begins, until.toString());
        String text = connection.post(Route.of("waivers").with("dryRun", dryRun), granted);
        Answer answer = Json.read(text, Answer.class);
        connection.say("%s for %d files until %s%s"
                .formatted(
                        dryRun ? "would be granted" : "granted",
                        subjects.size(),
                        until,
                        answer.id() == null ? "" : ": " + answer.id()));
        return ExitCode.OK;
    }
}
