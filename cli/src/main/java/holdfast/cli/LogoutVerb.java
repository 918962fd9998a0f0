package holdfast.cli;

import holdfast.cli.wire.IssuerLine;
import holdfast.cli.wire.KeptLogin;
import holdfast.cli.wire.Logins;
import holdfast.cli.wire.NoServer;
import holdfast.formats.Json;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code logout}: forgets the login at a server, and gives its tokens back. */
@Command(
        name = "logout",
        description = "Forgets your login at this server, and has its issuer revoke the tokens where it can.",
        mixinStandardHelpOptions = true)
final class LogoutVerb implements Callable<Integer> {
    @Mixin
    private Connection connection;

    /** What it says with {@code --json}. */
    record Done(boolean wasLoggedIn, boolean revoked) {}

    @Override
    public Integer call() {
        Logins logins = Logins.ofThisUser(System.getenv());
        Optional<KeptLogin> login = logins.kept(connection.url());
        logins.forget(connection.url());
        boolean revoked = login.isPresent() && isRevoked(login.get());
        if (connection.json()) {
            connection.out().println(Json.line(new Done(login.isPresent(), revoked)));
        }
        connection.say(login.isEmpty() ? "You were not logged in at " + connection.url() + "." : said(revoked));
        return ExitCode.OK;
    }

    private static String said(boolean revoked) {
        return revoked
                ? "You are logged out, and the issuer revoked the login. A token that was copied is good until it ends."
                : "You are logged out here. The issuer was not told: a token that was copied is good until it ends.";
    }

    /** What is forgotten here stays forgotten, whether the issuer answers or not. */
    private boolean isRevoked(KeptLogin login) {
        try {
            Logins.revoke(login);
            return login.revocation() != null;
        } catch (NoServer | IssuerLine.Refused silent) {
            connection.err().println("the issuer did not revoke the login: " + silent.getMessage());
            return false;
        }
    }
}
