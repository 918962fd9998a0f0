package holdfast.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The verbs about alarms and messages. */
@Command(
        name = "notify",
        description = "Shows alarms, takes them, tries the channels that carry them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        subcommands = {NotifyList.class, NotifyAck.class, NotifyTrial.class})
final class NotifyVerbs implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "A verb about alarms is missing.");
    }
}
