package holdfast.cli;

import holdfast.cli.wire.DeviceFlow;
import holdfast.cli.wire.IssuerLine;
import holdfast.cli.wire.KeptLogin;
import holdfast.cli.wire.Logins;
import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code login}: at an issuer that the server believes, by a code that one types into some browser. */
@Command(
        name = "login",
        description =
                "Logs in at an issuer that the server believes. The login is kept for this server in a file that only"
                        + " you can read, below XDG_CONFIG_HOME or ~/.config, and every verb uses it from then on.",
        mixinStandardHelpOptions = true)
final class LoginVerb implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--issuer",
            paramLabel = "NAME",
            description = "At which one; needed where the server names several.")
    private @Nullable String issuer;

    @Option(names = "--account", paramLabel = "NAME", description = "For which account, where you may act for several.")
    private @Nullable String account;

    @Option(
            names = "--issuer-ca",
            paramLabel = "FILE",
            description =
                    "Certificates (PEM) of the authorities by which the issuer is known; those of this Java if not"
                            + " given.")
    private @Nullable Path issuerAuthorities;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Write the token into this file too, readable by you only, as Rucio's client reads it"
                    + " (auth_token_file_path); it is good until it ends, and nobody renews it there.")
    private @Nullable Path tokenFile;

    /** The answer of {@code GET /logins}. */
    record LoginList(List<Offered> logins) {}

    record Offered(String name, String url, String client, boolean wlcg, Set<String> audiences, Set<String> scopes) {}

    /** What a login says with {@code --json}, beside who one is. */
    record Told(String open, String code) {}

    @Override
    public Integer call() throws InterruptedException, IOException {
        Offered at = chosen(Json.read(connection.unknown().get(Route.of("logins")), LoginList.class)
                .logins());
        Optional<Path> authority = Optional.ofNullable(issuerAuthorities).map(Path::toAbsolutePath);
        IssuerLine line = new IssuerLine(authority);
        IssuerLine.Document document = line.document(at.url());
        DeviceFlow.Asked asked = new DeviceFlow.Asked(at.name(), at.client(), at.wlcg(), at.audiences(), at.scopes());
        IssuerLine.Tokens tokens = new DeviceFlow(line, document, asked).run(this::tell);
        Logins logins = Logins.ofThisUser(System.getenv());
        logins.keep(new KeptLogin(
                connection.url(),
                at.name(),
                at.client(),
                document.token_endpoint(),
                document.revocation_endpoint(),
                authority.map(Path::toString).orElse(null),
                tokens.access_token(),
                tokens.refresh_token(),
                tokens.end(Instant.now()).toString(),
                account));
        if (tokenFile != null) {
            Logins.write(tokenFile, tokens.access_token());
        }
        return new WhoamiVerb.Asking(connection, logins).tell();
    }

    private Offered chosen(List<Offered> offered) {
        String names = offered.stream().map(Offered::name).collect(Collectors.joining(", "));
        if (offered.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "The server names no issuer for logins of the command line; its --issuers file gives one with"
                            + " client:.");
        }
        if (issuer == null && offered.size() > 1) {
            throw new ParameterException(spec.commandLine(), "Say at which issuer with --issuer: " + names + ".");
        }
        return offered.stream()
                .filter(one -> issuer == null || one.name().equals(issuer))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "The server names no issuer " + issuer + ", but: " + names + "."));
    }

    private void tell(DeviceFlow.Begun begun) {
        if (connection.json()) {
            connection.out().println(Json.line(new Told(begun.verification_uri(), begun.user_code())));
        }
        String direct = begun.verification_uri_complete();
        connection.say("Open " + begun.verification_uri() + " in a browser and type the code " + begun.user_code()
                + (direct == null ? "" : ", or open " + direct + " and compare the code"));
        connection.say("Type it only if you began this login yourself. Waiting ...");
        connection.out().flush();
    }
}
