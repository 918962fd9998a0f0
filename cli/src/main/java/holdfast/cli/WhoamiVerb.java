package holdfast.cli;

import holdfast.cli.wire.Login;
import holdfast.cli.wire.Logins;
import holdfast.cli.wire.NoServer;
import holdfast.cli.wire.Route;
import holdfast.cli.wire.ServerSaysNo;
import holdfast.formats.Json;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code whoami}: as whom the server knows whoever asks. */
@Command(
        name = "whoami",
        description = "Says as whom the server knows you: account, identity, custodian, member or outsider, and roles.",
        mixinStandardHelpOptions = true)
final class WhoamiVerb implements Callable<Integer> {
    @Mixin
    private Connection connection;

    /** The answer of {@code GET /whoami}. */
    record Who(String account, String identity, String standing, Set<String> roles) {}

    @Override
    public Integer call() {
        return show(connection, connection.get(Route.of("whoami")));
    }

    private static int show(Connection connection, String answer) {
        Who who = Json.read(answer, Who.class);
        connection.say("account   " + who.account());
        connection.say("identity  " + who.identity());
        connection.say("standing  " + who.standing());
        connection.say("roles     " + (who.roles().isEmpty() ? "none" : String.join(", ", who.roles())));
        return ExitCode.OK;
    }

    /** Asks with a login that was made just now, whatever secret is named elsewhere. */
    record Asking(Connection connection, Logins logins) {
        int tell() {
            Optional<Login> login = logins.find(connection.url());
            try {
                String answer = connection.server(login.orElseThrow()).explained(Route.of("whoami"));
                if (connection.json()) {
                    connection.out().println(Json.line(Json.read(answer, Who.class)));
                }
                return show(connection, answer);
            } catch (ServerSaysNo | NoServer no) {
                connection
                        .err()
                        .println("The issuer logged you in, and the server does not take it: " + no.getMessage());
                return ExitCode.FOUND_WRONG;
            }
        }
    }
}
