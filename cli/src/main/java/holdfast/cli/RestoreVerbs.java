package holdfast.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The verbs about restoring. */
@Command(
        name = "restore",
        description = "Tries whether the house could be built anew from what it shipped.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        subcommands = {RestoreDrillVerb.class})
final class RestoreVerbs implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "A verb about restoring is missing.");
    }
}
