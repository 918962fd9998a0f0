package holdfast.cli;

import holdfast.cli.wire.Route;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code signer add}: lets somebody's signature count. */
@Command(
        name = "add",
        description = "Lets a signer's signature count from now on; a name keeps its key for ever.",
        mixinStandardHelpOptions = true)
final class SignerAdd implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Parameters(
            paramLabel = "NAME",
            description = "Your account, where the plan has a source of members; else a pseudonym.")
    private String name;

    @Option(
            names = "--public",
            required = true,
            paramLabel = "KEY",
            description = "The public key, as `signer new` printed it.")
    private String key;

    /** The body of {@code POST /signers}. */
    record Asked(String name, String key) {}

    @Override
    public Integer call() {
        connection.post(Route.of("signers"), new Asked(name, key));
        connection.say(name + " may sign from now on");
        return ExitCode.OK;
    }
}
