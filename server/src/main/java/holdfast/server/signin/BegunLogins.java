package holdfast.server.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/** Logins that began and have not come back, each in its browser's session. A session that knows no more than that ends soon. */
final class BegunLogins implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {
    /** Somebody looks for a second factor; nobody can fill the memory for longer. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final HttpSessionOAuth2AuthorizationRequestRepository kept =
            new HttpSessionOAuth2AuthorizationRequestRepository();

    @Override
    public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
        return kept.loadAuthorizationRequest(request);
    }

    @Override
    public void saveAuthorizationRequest(
            OAuth2AuthorizationRequest begun, HttpServletRequest request, HttpServletResponse response) {
        boolean fresh = request.getSession(false) == null;
        kept.saveAuthorizationRequest(begun, request, response);
        if (fresh && request.getSession(false) != null) {
            request.getSession().setMaxInactiveInterval((int) LONGEST.toSeconds());
        }
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
            HttpServletRequest request, HttpServletResponse response) {
        return kept.removeAuthorizationRequest(request, response);
    }
}
