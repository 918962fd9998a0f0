package holdfast.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code signer new}: a key of your own; only its public half is for others. */
@Command(
        name = "new",
        description = "Makes a key of your own and prints its public half, for `signer add`.",
        mixinStandardHelpOptions = true)
final class SignerNew implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where your key goes; keep it to you.")
    private Path out;

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        spec.commandLine().getOut().println(SignerKey.make(out));
        return ExitCode.OK;
    }
}
