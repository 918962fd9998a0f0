package holdfast.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The verbs that audit. */
@Command(
        name = "audit",
        description = "Checks the system against its own journal, and the catalogue against what stands on an element.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        subcommands = {AuditJournal.class, AuditDumpCatalogue.class, AuditDumpListing.class, AuditCompare.class})
final class AuditVerbs implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "What to audit is missing.");
    }
}
