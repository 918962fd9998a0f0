package holdfast.cli.wire;

import holdfast.formats.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The server's catalogue in Rucio's words. The administrator's secret logs in as the account root; what is no such secret
 * is shown as the token of a login.
 */
public final class Catalogue {
    private static final int NOT_FOUND = 404;
    private static final int UNAUTHENTICATED = 401;

    private final Server server;
    private @Nullable String token;

    Catalogue(Server server) {
        this.server = server;
    }

    /** An answer; empty where there is no such thing. */
    public Optional<String> find(Route route) {
        HttpResponse<String> answer = ask(route, HttpRequest.Builder::GET);
        return answer.statusCode() == NOT_FOUND ? Optional.empty() : Optional.of(text(route, answer));
    }

    /** Posts a value as JSON. */
    public void post(Route route, Object value) {
        text(route, ask(route, r -> r.POST(BodyPublishers.ofString(Json.line(value)))));
    }

    /** A token lives for an hour; where it has ended another one is asked for. */
    private HttpResponse<String> ask(Route route, UnaryOperator<HttpRequest.Builder> how) {
        HttpResponse<String> answer = withToken(route, how);
        if (answer.statusCode() == UNAUTHENTICATED) {
            forget();
            return withToken(route, how);
        }
        return answer;
    }

    private HttpResponse<String> withToken(Route route, UnaryOperator<HttpRequest.Builder> how) {
        String shown = token();
        return server.ask(route, r -> how.apply(Server.as(server.shown(), r.header("X-Rucio-Auth-Token", shown))));
    }

    private synchronized void forget() {
        token = null;
    }

    private synchronized String token() {
        if (server.shown() instanceof Login login) {
            return login.value();
        }
        String known = token;
        if (known == null) {
            Route login = Route.rucio("auth", "userpass");
            HttpResponse<String> answer = server.ask(
                    login,
                    r -> r.header("X-Rucio-Account", "root")
                            .header("X-Rucio-Username", "admin")
                            .header("X-Rucio-Password", server.shown().value())
                            .GET());
            // Who is not the administrator shows the token of a login, as the official client keeps it.
            known = answer.headers()
                    .firstValue("X-Rucio-Auth-Token")
                    .orElse(server.shown().value());
            token = known;
        }
        return known;
    }

    private static String text(Route route, HttpResponse<String> answer) {
        if (answer.statusCode() / 100 == 2) {
            return answer.body();
        }
        throw answer.headers()
                .firstValue("ExceptionMessage")
                .map(said -> ServerSaysNo.saying(answer.statusCode(), said, answer.body()))
                .orElseGet(() -> ServerSaysNo.from(answer.statusCode(), route.text(), answer.body()));
    }
}
