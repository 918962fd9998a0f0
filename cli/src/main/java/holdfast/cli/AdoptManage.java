package holdfast.cli;

import holdfast.cli.adopt.SavedComparison;
import holdfast.retention.Act;
import holdfast.vocabulary.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code adopt manage}: proposes that a scope which was only observed is managed here from now on. */
@Command(
        name = "manage",
        description = {
            "Proposes that an observed scope is managed here from now on: ordered for, repaired, written by clients.",
            "Whoever signs sees the comparison's digest and numbers. Take the scope out of the other Rucio's hands"
                    + " first.",
        },
        mixinStandardHelpOptions = true)
final class AdoptManage implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Mixin
    private Proposing proposing;

    @Parameters(paramLabel = "SCOPE", description = "The scope.")
    private String scope;

    @Option(
            names = "--comparison",
            required = true,
            paramLabel = "FILE",
            description = "The comparison, as `adopt compare --out FILE` wrote it.")
    private Path comparison;

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        if (!Files.isReadable(comparison)) {
            throw wrong(comparison + " is not there; write it with `holdfast adopt compare URL|DUMP --scope " + scope
                    + " --out " + comparison + "`");
        }
        SavedComparison saved = SavedComparison.read(comparison);
        if (!saved.scope().equals(scope)) {
            throw wrong(comparison + " compares scope " + saved.scope() + ", not " + scope);
        }
        Act.Compared compared =
                new Act.Compared(saved.digest(), saved.equal(), saved.onlyThere(), saved.onlyHere(), saved.different());
        connection.say("scope %s: %,d equal, %,d only there, %,d only here, %,d different; comparison %s"
                .formatted(
                        scope,
                        saved.equal(),
                        saved.onlyThere(),
                        saved.onlyHere(),
                        saved.different(),
                        saved.digest().hex()));
        return proposing.propose(connection, new Act.ManageScope(new Scope(scope), compared));
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), what);
    }
}
