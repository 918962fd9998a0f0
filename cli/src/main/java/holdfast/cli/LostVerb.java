package holdfast.cli;

import holdfast.retention.Act;
import holdfast.vocabulary.DataId;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code declare-lost}: says of files that no bytes are left; two must sign. */
@Command(
        name = "declare-lost",
        description = {
            "Proposes to declare files lost: no copy is left, and their source holds them no more. Two must sign.",
            "They stay subjects of every clause, breached, until bytes with their accession digests come in again.",
        },
        mixinStandardHelpOptions = true)
final class LostVerb implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Mixin
    private Proposing proposing;

    @Parameters(arity = "1..*", paramLabel = "DID", description = "The files, as scope:name.")
    private List<String> files;

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        return proposing.propose(
                connection,
                new Act.DeclareLost(files.stream().map(DataId::parse).toList()));
    }
}
