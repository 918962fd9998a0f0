package holdfast.cli;

import holdfast.retention.Act;
import holdfast.vocabulary.StorageName;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code clear-suspicion}: ends the suspicion of an element that showed mass damage. */
@Command(
        name = "clear-suspicion",
        description = {
            "Proposes to end the suspicion of an element that showed mass damage; one signature is needed.",
            "Until then its copies only may count, nothing is released, and nothing there is repaired.",
        },
        mixinStandardHelpOptions = true)
final class SuspicionVerbs implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Mixin
    private Proposing proposing;

    @Parameters(paramLabel = "ELEMENT", description = "The storage element.")
    private String element;

    @ArgGroup(multiplicity = "1")
    private Finding finding;

    /** What people found. */
    static final class Finding {
        @Option(
                names = "--read-again",
                required = true,
                description = "The element had lied, or our reader: read its damaged copies again.")
        private boolean readAgain;

        @Option(names = "--bad", required = true, description = "The damage is real: repair it from other copies.")
        private boolean bad;
    }

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        return proposing.propose(
                connection, new Act.ClearSuspicion(new StorageName(element), finding.readAgain && !finding.bad));
    }
}
