package holdfast.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The verbs about those who may sign. */
@Command(
        name = "signer",
        description = "Makes keys, and says whose signature counts.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        subcommands = {SignerNew.class, SignerAdd.class, SignerList.class, SignerRetire.class})
final class SignerVerbs implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "A verb about signers is missing.");
    }
}
