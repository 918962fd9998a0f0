package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code act withdraw}: gives an act up, or undoes a release within its window. */
@Command(
        name = "withdraw",
        description = "Gives an open act up, or undoes a release: its copies count again when they were read.",
        mixinStandardHelpOptions = true)
final class ActWithdraw implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "ID", description = "The act.")
    private String id;

    @Option(names = "--as", required = true, paramLabel = "NAME", description = "Who gives it up.")
    private String name;

    @Option(names = "--reason", required = true, paramLabel = "WHY", description = "Why; it is recorded.")
    private String reason;

    /** The body of {@code POST /acts/ID/withdraw}. */
    record GivenUp(String by, String reason) {}

    @Override
    public Integer call() {
        String answer = connection.post(Route.of("acts", id, "withdraw"), new GivenUp(name, reason));
        connection.say(Json.read(answer, ActReport.class).line());
        return ExitCode.OK;
    }
}
