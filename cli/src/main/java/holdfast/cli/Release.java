package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.retention.Act;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code release}: asks that one copy may go; refused with every clause that forbids it. */
@Command(
        name = "release",
        description = {
            "Proposes that one copy of a file may be deleted; exit 1 with every clause that forbids it.",
            "Two must sign; then it can be undone for seven days, and is judged once more before the bytes go.",
        },
        mixinStandardHelpOptions = true)
final class Release implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Mixin
    private Proposing proposing;

    @Parameters(paramLabel = "DID", description = "The file, as scope:name.")
    private String did;

    @Parameters(paramLabel = "STORAGE", description = "The storage element that holds the copy.")
    private String storage;

    /** The body of {@code POST /releases}. */
    record Asked(String did, String storage) {}

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        connection.post(Route.of("releases").with("dryRun", proposing.dryRun()), new Asked(did, storage));
        if (proposing.dryRun() || !proposing.isNamed()) {
            connection.say("may be released: " + did + " at " + storage
                    + "; propose it with --as NAME --reason WHY, and two must sign");
            return ExitCode.OK;
        }
        return proposing.propose(
                connection, new Act.ReleaseCopies(new StorageName(storage), List.of(DataId.parse(did))));
    }
}
