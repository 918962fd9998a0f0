package holdfast.server.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What programs are told that may not call a route: the same, whatever there is behind it. */
final class Refusals {
    private Refusals() {}

    static void unauthenticated(HttpServletResponse response) throws IOException {
        write(
                response,
                HttpServletResponse.SC_UNAUTHORIZED,
                "UNAUTHENTICATED",
                "show a token of a login or of an issuer that is believed here as a bearer token, or the administrator"
                        + " secret; that is in admin.secret of the server's data folder");
    }

    static void forbidden(HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(
                response,
                HttpServletResponse.SC_FORBIDDEN,
                "FORBIDDEN",
                request.getUserPrincipal().getName()
                        + " may not call this; docs/access.md says who may call which route");
    }

    private static void write(HttpServletResponse response, int status, String error, String message)
            throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.getOutputStream().print("{\"error\":\"%s\",\"message\":\"%s\"}".formatted(error, message));
    }
}
