package holdfast.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The verbs about plan files. */
@Command(
        name = "plan",
        description = "Checks, explains, compares and adopts data management plans.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        subcommands = {PlanCheck.class, PlanExplain.class, PlanCompare.class, PlanAdopt.class})
final class PlanVerbs implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "A verb about plans is missing.");
    }
}
