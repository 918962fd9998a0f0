package holdfast.server.routes;

import holdfast.formats.Json;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses an argument with the character U+0000, which no text of the database holds, before any route sees it. It reads the
 * address and not the parameters: those would take the body of a form.
 */
public final class CleanQueries implements HandlerInterceptor {
    private static final String ZERO = "%00";

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        @Nullable String query = request.getQueryString();
        if (query == null || !query.contains(ZERO) || request.getDispatcherType() != DispatcherType.REQUEST) {
            return true;
        }
        for (String argument : query.split("&", -1)) {
            if (argument.contains(ZERO)) {
                refuse(argument.split("=", 2)[0], response);
                return false;
            }
        }
        return true;
    }

    private static void refuse(String name, HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        response.setContentType("application/json");
        response.getOutputStream()
                .write(Json.line(Map.of(
                                "error",
                                "BAD_REQUEST",
                                "acts",
                                "CALLER",
                                "message",
                                name + " has a character U+0000 (%00); leave it out"))
                        .getBytes(StandardCharsets.UTF_8));
    }
}
