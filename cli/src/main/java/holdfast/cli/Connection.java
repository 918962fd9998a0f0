package holdfast.cli;

import holdfast.cli.wire.Credential;
import holdfast.cli.wire.Login;
import holdfast.cli.wire.Logins;
import holdfast.cli.wire.Route;
import holdfast.cli.wire.Secret;
import holdfast.cli.wire.Server;
import holdfast.cli.wire.ServerSaysNo;
import holdfast.cli.wire.Trust;
import holdfast.formats.VerdictReport.ReasonReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every verb that talks to a server, and how its answers are shown. */
final class Connection {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec verb;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:HOLDFAST_URL:-http://127.0.0.1:8470}",
            description = "The server; HOLDFAST_URL or http://127.0.0.1:8470 if not given.")
    private String url;

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description = "The file with the administrator's secret; if not given: the secret in HOLDFAST_SECRET,"
                    + " or the file of HOLDFAST_SECRET_FILE, or the login that `holdfast login` keeps for the server,"
                    + " or data/admin.secret.")
    private @Nullable Path secretFile;

    @Option(
            names = "--url-ca",
            paramLabel = "FILE",
            defaultValue = "${env:HOLDFAST_CA}",
            description =
                    "Certificates (PEM) of the authorities by which an https server is known; HOLDFAST_CA, or those of"
                            + " this Java, if not given.")
    private @Nullable Path authorities;

    @Option(names = "--json", description = "Write the answer as JSON.")
    private boolean json;

    private @Nullable Server server;

    Server server() {
        if (server == null) {
            server = server(credential());
        }
        return server;
    }

    /** A secret that is named, else the login that is kept for this server, else the secret where it usually stands. */
    private Credential credential() {
        Optional<Path> named = Optional.ofNullable(secretFile);
        Optional<Login> login = Secret.isNamed(named, System.getenv())
                ? Optional.empty()
                : Logins.ofThisUser(System.getenv()).find(url());
        return login.<Credential>map(kept -> kept).orElseGet(() -> Secret.find(named, System.getenv()));
    }

    /** The server's address as logins are kept for it. */
    String url() {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** The server, shown nothing. */
    Server unknown() {
        return server(new Secret("", Optional.empty()));
    }

    /** The server, shown this and nothing else. */
    Server server(Credential shown) {
        return Server.at(url, shown, Optional.ofNullable(authorities).map(Trust::in));
    }

    boolean json() {
        return json;
    }

    PrintWriter out() {
        return verb.commandLine().getOut();
    }

    PrintWriter err() {
        return verb.commandLine().getErr();
    }

    /** Asks, and with {@code --json} prints the answer as it came; a refusal is printed too, before it is thrown on. */
    String ask(Function<Server, String> question) {
        try {
            String answer = question.apply(server());
            if (json) {
                out().println(answer.strip());
            }
            return answer;
        } catch (ServerSaysNo no) {
            if (json && !no.body().isBlank()) {
                out().println(no.body().strip());
            }
            throw no;
        }
    }

    String get(Route route) {
        return ask(s -> s.get(route));
    }

    String post(Route route, Object value) {
        return ask(s -> s.post(route, value));
    }

    /** A line for people; nothing with {@code --json}. */
    void say(String line) {
        if (!json) {
            out().println(line);
        }
    }

    /** Reasons as lines for people. */
    void reasons(String indent, @Nullable List<ReasonReport> reasons) {
        if (reasons != null) {
            reasons.forEach(r -> say(indent + VerdictText.reason(r)));
        }
    }
}
