package holdfast.cli;

import holdfast.cli.wire.ServerSaysNo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line's root: lists the verbs; each verb is a class of its own. */
@Command(
        name = "holdfast",
        description = "Keeps an experiment's data as its data management plan says, and proves it.",
        mixinStandardHelpOptions = true,
        versionProvider = Holdfast.BuiltVersion.class,
        synopsisSubcommandLabel = "VERB",
        subcommands = {
            LoginVerb.class,
            LogoutVerb.class,
            WhoamiVerb.class,
            SessionsVerbs.class,
            Status.class,
            IngestVerb.class,
            PutVerb.class,
            GetVerb.class,
            RunsVerbs.class,
            AdoptVerbs.class,
            VerdictVerb.class,
            Failing.class,
            Damage.class,
            Explain.class,
            ShiftVerbs.class,
            ReportVerbs.class,
            NotifyVerbs.class,
            SitesVerb.class,
            DowntimeVerb.class,
            WaiverVerbs.class,
            Release.class,
            Publish.class,
            SignerVerbs.class,
            MembersVerbs.class,
            ActVerbs.class,
            HoldVerbs.class,
            SuspicionVerbs.class,
            LostVerb.class,
            CartridgeVerbs.class,
            Scrub.class,
            ProbeVerb.class,
            LossVerb.class,
            PlanVerbs.class,
            EvidenceVerbs.class,
            RestoreVerbs.class,
            Verify.class,
            AuditVerbs.class,
            Head.class,
            Key.class,
            SecretVerbs.class,
            CommandLine.HelpCommand.class,
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCode.OK + ":all is well",
            ExitCode.FOUND_WRONG + ":something was found wrong, and is named",
            ExitCode.USAGE + ":wrong use, or what is needed is not there",
            ExitCode.CONSISTENT_IN_ITSELF + ":consistent in itself only: no outside key and head were given",
        },
        footer = {"", "The server is started by: holdfast serve --data DIR --port N"})
public final class Holdfast implements Runnable {

    @Spec
    private CommandSpec spec;

    /** Runs one verb and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The whole command line, ready to execute; tests run it in their own process. */
    static CommandLine commandLine() {
        return new CommandLine(new Holdfast())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> sayWhatFailed(failure, command));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "A verb is missing.");
    }

    /** A stack trace helps nobody at a prompt; HOLDFAST_JAVA_OPTIONS=-Dholdfast.trace=true prints it. */
    private static int sayWhatFailed(Exception failure, CommandLine command) {
        if (Boolean.getBoolean("holdfast.trace")) {
            failure.printStackTrace(command.getErr());
        }
        @Nullable String message = failure.getMessage();
        command.getErr().println(message == null ? failure.toString() : message);
        return failure instanceof ServerSaysNo ? ExitCode.FOUND_WRONG : ExitCode.USAGE;
    }

    /** The version the jar was built as. */
    static final class BuiltVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            @Nullable String version = Holdfast.class.getPackage().getImplementationVersion();
            return new String[] {"holdfast " + (version == null ? "(not packaged)" : version)};
        }
    }
}
