package holdfast.server.signin;

import holdfast.server.identity.Logins.Outcome;
import holdfast.server.identity.PageLogin;
import holdfast.server.pages.NoticePage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.LogoutConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2LoginConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.csrf.CsrfException;

/**
 * Logins of browsers: authorization code with PKCE, state and nonce (RFC 9700, section 2.1), by Spring Security; a session with
 * a new id at the login; and a token against foreign forms for everything that changes something. Says what went wrong on
 * plain pages.
 */
public final class Browsers implements PageLogin {
    /** The one page that asks for the administrator secret where others log in at an issuer; at the top, so that browsers
     * show the secret everywhere. */
    public static final String ADMINISTRATOR = "/administrator";

    static final String LOGIN = "/login";
    static final String LOGOUT = "/logout";
    static final String CHOOSE = "/login/account";

    private static final int UNAUTHENTICATED = 401;
    private static final int UNAVAILABLE = 503;
    private static final int FORBIDDEN = 403;

    private final IssuerDoors doors;
    private final Sessions sessions;

    public Browsers(IssuerDoors doors, Sessions sessions) {
        this.doors = doors;
        this.sessions = sessions;
    }

    /** Lets people log in at the issuers; where there is none that people log in at, pages ask for the administrator secret. */
    @Override
    public void letIn(HttpSecurity http) {
        http.securityContext(context -> context.securityContextRepository(sessions))
                .csrf(csrf -> csrf.csrfTokenRepository(new FormTokens()))
                .logout(this::logout)
                .exceptionHandling(
                        failing -> failing.authenticationEntryPoint(this::ask).accessDeniedHandler(this::denied));
        if (!doors.issuers().isEmpty()) {
            http.oauth2Login(this::login);
        }
    }

    private void login(OAuth2LoginConfigurer<HttpSecurity> login) {
        // An issuer that is silent when a login begins is no fault of ours, and no 500.
        login.addObjectPostProcessor(new ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter>() {
            @Override
            public <O extends OAuth2AuthorizationRequestRedirectFilter> O postProcess(O filter) {
                filter.setAuthenticationFailureHandler(Browsers::silent);
                return filter;
            }
        });
        login.clientRegistrationRepository(doors)
                .authorizedClientRepository(new NothingKept())
                .authorizationEndpoint(
                        at -> at.authorizationRequestResolver(new DefaultOAuth2AuthorizationRequestResolver(doors))
                                .authorizationRequestRepository(new BegunLogins()))
                .tokenEndpoint(at -> at.accessTokenResponseClient(new Codes(doors)))
                .loginPage(LOGIN)
                .successHandler(this::welcome)
                .failureHandler(Browsers::failed);
    }

    private void logout(LogoutConfigurer<HttpSecurity> logout) {
        logout.logoutUrl(LOGOUT)
                .addLogoutHandler((request, response, who) -> sessions.over(request))
                .deleteCookies("holdfast-session")
                .logoutSuccessHandler((request, response, who) -> to(LOGIN, response));
    }

    /** An issuer said who they are; which account that is the mappings say. */
    private void welcome(HttpServletRequest request, HttpServletResponse response, Authentication who)
            throws IOException {
        @Nullable SignedIn signedIn = sessions.signedIn(request).orElse(null);
        if (signedIn == null) {
            to(LOGIN, response);
            return;
        }
        switch (sessions.outcome(signedIn)) {
            case Outcome.Known _ -> to("/", response);
            case Outcome.Several _ -> to(LOGIN, response);
            case Outcome.Refused _, Outcome.Wait _ -> {
                sessions.over(request);
                request.getSession().invalidate();
                NoticePage.send(
                        response,
                        FORBIDDEN,
                        "You may not act for any account here",
                        "The identity '%s' may not act for any account; an administrator maps it. Hand them this text."
                                .formatted(signedIn.identity()));
            }
        }
    }

    private static void silent(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        NoticePage.send(
                response,
                UNAVAILABLE,
                "You cannot be logged in there now",
                "There is no such issuer here, or it does not answer. Try again in a while, or at another one.");
    }

    private static void failed(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        String why = failure instanceof OAuth2AuthenticationException refused
                ? refused.getError().getErrorCode()
                : "the issuer does not answer";
        NoticePage.send(
                response,
                UNAUTHENTICATED,
                "You are not logged in",
                "The login did not come to its end (%s). Begin it anew.".formatted(why));
    }

    /** A browser is led to the page of logins; a program, and whoever means the administrator's page, is asked for the secret. */
    private void ask(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        @Nullable String takes = request.getHeader("Accept");
        boolean browser = takes != null
                && takes.contains("text/html")
                && request.getMethod().equals("GET");
        if (browser
                && !doors.issuers().isEmpty()
                && !request.getRequestURI().equals(ADMINISTRATOR)
                && request.getHeader("Authorization") == null) {
            to(LOGIN, response);
            return;
        }
        response.setHeader("WWW-Authenticate", "Basic realm=\"Holdfast\"");
        NoticePage.send(
                response,
                UNAUTHENTICATED,
                "You are not logged in",
                "Show the administrator secret as the password of administrator; it is in admin.secret of the server's"
                        + " data folder.");
    }

    private void denied(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
            throws IOException {
        if (why instanceof CsrfException) {
            NoticePage.send(
                    response,
                    FORBIDDEN,
                    "Nothing was done",
                    "This did not come from a page of this house, or that page is older than your login. Go back to it,"
                            + " load it anew, and do it again.");
            return;
        }
        @Nullable Authentication who = SecurityContextHolder.getContext().getAuthentication();
        NoticePage.send(
                response,
                FORBIDDEN,
                "Nothing here is open to you",
                "You are logged in as %s, who is no member now. If that is wrong, ask an administrator."
                        .formatted(who == null ? "nobody" : who.getName()));
    }

    static void to(String address, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", address);
        response.setHeader("Cache-Control", "no-store");
    }
}
