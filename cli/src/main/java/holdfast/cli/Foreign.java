package holdfast.cli;

import holdfast.cli.adopt.Login;
import holdfast.cli.adopt.Source;
import holdfast.cli.adopt.Sources;
import holdfast.cli.ingest.Ticker.Form;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every verb that reads an existing Rucio. */
final class Foreign {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec verb;

    @Option(names = "--rucio-account", paramLabel = "A", description = "The account there; root if not given.")
    private @Nullable String account;

    @Option(names = "--rucio-user", paramLabel = "U", description = "The user name there, with --rucio-password-file.")
    private @Nullable String user;

    @Option(
            names = "--rucio-password-file",
            paramLabel = "FILE",
            description = "The file with that user's password in its first line.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--rucio-token-file",
            paramLabel = "FILE",
            description =
                    "A file with a token instead, as Rucio's own client keeps it; it is read again when it has ended.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--rucio-ca",
            paramLabel = "FILE",
            description = "Certificates (PEM) of the authorities to believe there; those of this Java if not given.")
    private @Nullable Path authorities;

    @Option(
            names = "--temporary",
            paramLabel = "DIR",
            description = "A folder for lists of names; the system's own if not given.")
    private @Nullable Path temporary;

    @Option(
            names = "--file-metadata",
            description = "Read the free metadata of each file from a server too, which takes it a look-up for each;"
                    + " a dump holds them anyway.")
    private boolean fileMetadata;

    @Option(names = "--progress", description = "Tell how far it is although this is no terminal.")
    private boolean progress;

    /** Opens what was named: an address, or a dump's folder. */
    Source open(String place) throws IOException {
        if (!Sources.isAddress(place)) {
            return Sources.dump(Path.of(place));
        }
        Path folder = temporary == null ? Path.of(System.getProperty("java.io.tmpdir")) : temporary;
        return Sources.address(
                place, new Sources.Means(login(), Optional.ofNullable(authorities), folder, fileMetadata));
    }

    private Login login() {
        if (tokenFile != null) {
            return new Login.Token(tokenFile);
        }
        if (user == null || passwordFile == null) {
            throw new ParameterException(
                    verb.commandLine(),
                    "Say who reads it: --rucio-user U --rucio-password-file FILE, or --rucio-token-file FILE.");
        }
        return new Login.Password(account == null ? "root" : account, user, passwordFile);
    }

    /** How progress is told. */
    Form form() {
        boolean terminal = System.console() != null && System.console().isTerminal();
        return terminal ? Form.ONE_LINE : progress ? Form.LINES : Form.SILENT;
    }
}
