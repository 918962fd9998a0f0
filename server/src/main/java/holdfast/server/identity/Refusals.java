package holdfast.server.identity;

import holdfast.formats.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What programs are told that may not call a route: the same, whatever there is behind it. */
final class Refusals {
    /** Where a request carries why the token that it showed is not taken. */
    static final String WHY = "holdfast.bearer.why";

    private Refusals() {}

    static void unauthenticated(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String why = request.getAttribute(WHY) instanceof String told ? told + "; " : "";
        write(
                response,
                HttpServletResponse.SC_UNAUTHORIZED,
                "UNAUTHENTICATED",
                why
                        + "show a token of a login or of an issuer that is believed here as a bearer token, or the"
                        + " administrator secret; that is in admin.secret of the server's data folder");
    }

    static void forbidden(HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(
                response,
                HttpServletResponse.SC_FORBIDDEN,
                "FORBIDDEN",
                request.getUserPrincipal().getName()
                        + " may not call this; docs/access.md says who may call which route");
    }

    private record Body(String error, String message) {}

    private static void write(HttpServletResponse response, int status, String error, String message)
            throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.getOutputStream().write(Json.line(new Body(error, message)).getBytes(StandardCharsets.UTF_8));
    }
}
