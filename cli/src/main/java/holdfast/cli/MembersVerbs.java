package holdfast.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The verbs about the source of members. */
@Command(
        name = "members",
        description = "Takes exports of members in, and says who is a member and who has what.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        subcommands = {MembersSync.class, MembersStatus.class, MembersList.class, MembersReview.class})
final class MembersVerbs implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "A verb about members is missing.");
    }
}
