package holdfast.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The verbs about an existing Rucio. */
@Command(
        name = "adopt",
        description = "Takes over what an existing Rucio knows, observes it, compares, and manages it one day.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        subcommands = {AdoptRucio.class, AdoptCompare.class, AdoptManage.class, AdoptStatus.class})
final class AdoptVerbs implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "A verb about an existing Rucio is missing.");
    }
}
