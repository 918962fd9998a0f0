package holdfast.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The verbs about acts that people sign. */
@Command(
        name = "act",
        description = "Shows, signs and gives up acts that need signatures.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        subcommands = {ActList.class, ActShow.class, ActSign.class, ActWithdraw.class})
final class ActVerbs implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "A verb about acts is missing.");
    }
}
