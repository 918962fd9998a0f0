package holdfast.cli;

import holdfast.cli.wire.Route;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code signer retire}: a signature counts no more; those given stay. */
@Command(
        name = "retire",
        description = "Lets a signer's signature count no more; those given stay.",
        mixinStandardHelpOptions = true)
final class SignerRetire implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "NAME", description = "The signer.")
    private String name;

    /** No body is needed. */
    record Nothing() {}

    @Override
    public Integer call() {
        connection.post(Route.of("signers", name, "retire"), new Nothing());
        connection.say(name + " signs no more");
        return ExitCode.OK;
    }
}
