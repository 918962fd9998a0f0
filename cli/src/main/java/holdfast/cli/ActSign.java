package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import holdfast.vocabulary.Actor;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code act sign}: adds a signature; the last one needed makes the act take effect. */
@Command(
        name = "sign",
        description = {
            "Signs an act with your own key; the key stays on this machine.",
            "The last signature that is needed makes the act take effect, unless its guard forbids it.",
        },
        mixinStandardHelpOptions = true)
final class ActSign implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "ID", description = "The act.")
    private String id;

    @Option(names = "--as", required = true, paramLabel = "NAME", description = "Your name as a signer.")
    private String name;

    @Option(names = "--key", required = true, paramLabel = "FILE", description = "Your key, of `signer new`.")
    private Path key;

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        SignerKey own = SignerKey.read(key);
        ActReport act = Json.read(connection.server().get(Route.of("acts", id)), ActReport.class);
        connection.say(act.sign(connection, new Actor(name), own).line());
        return ExitCode.OK;
    }
}
