package holdfast.server.identity;

import holdfast.server.api.rucio.wire.Caller;
import holdfast.server.api.rucio.wire.RucioServlet;
import holdfast.server.routes.Shown;
import holdfast.vocabulary.AccountName;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The door of the server. Programs show the secret as a bearer token under {@code /api} and where they adopt, which a browser never sends by
 * itself, so that no foreign page can act in a reader's name; pages take it as the password of {@code administrator}, and
 * nothing can be changed there. Every route but {@code ping} is behind the door.
 */
@Configuration(proxyBeanMethods = false)
public class Door {
    private static final String USER = "administrator";
    private static final String BEARER = "Bearer ";

    /** Rucio's interface has a door of its own: it asks for its own tokens. */
    @Bean
    @Order(0)
    SecurityFilterChain rucio() {
        return new DefaultSecurityFilterChain(Door::isRucio);
    }

    /** Names of data hold slashes and percent signs, which are refused everywhere else. */
    @Bean
    HttpFirewall firewall() {
        HttpFirewall strict = new StrictHttpFirewall();
        return new HttpFirewall() {
            @Override
            public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
                return isRucio(request) ? new AsItCame(request) : strict.getFirewalledRequest(request);
            }

            @Override
            public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
                return strict.getFirewalledResponse(response);
            }
        };
    }

    private static final class AsItCame extends FirewalledRequest {
        AsItCame(HttpServletRequest request) {
            super(request);
        }

        @Override
        public void reset() {
            // Nothing was changed.
        }
    }

    /** As the container itself decided, whatever the address looks like. */
    private static boolean isRucio(HttpServletRequest request) {
        return RucioServlet.NAMES.contains(request.getHttpServletMapping().getServletName());
    }

    @Bean
    @Order(1)
    SecurityFilterChain programs(
            HttpSecurity http,
            AdministratorSecret secret,
            Bearers bearers,
            AuthorizationManager<RequestAuthorizationContext> access)
            throws Exception {
        return stateless(http.securityMatcher("/api/**", "/holdfast/v1/adoption/**"))
                .authorizeHttpRequests(r -> r.anyRequest().access(access))
                .exceptionHandling(e -> e.authenticationEntryPoint(
                                (request, response, _) -> Refusals.unauthenticated(request, response))
                        .accessDeniedHandler((request, response, _) -> Refusals.forbidden(request, response)))
                .addFilterBefore(new Bearer(secret, bearers), UsernamePasswordAuthenticationFilter.class)
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain pages(
            HttpSecurity http,
            PageLogin login,
            AdministratorSecret secret,
            Bearers bearers,
            AuthorizationManager<RequestAuthorizationContext> access)
            throws Exception {
        login.letIn(http);
        return http.headers(Door::strict)
                .requestCache(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(r -> r.anyRequest().access(access))
                .authenticationProvider(new Administrator(secret))
                .httpBasic(b -> b.realmName("Holdfast"))
                .addFilterBefore(new Bearer(secret, bearers), UsernamePasswordAuthenticationFilter.class)
                .build();
    }

    /** Whoever shows the secret as the password of {@code administrator}. */
    private record Administrator(AdministratorSecret secret) implements AuthenticationProvider {
        @Override
        public Authentication authenticate(Authentication shown) {
            if (USER.equals(shown.getName()) && secret.matches(String.valueOf(shown.getCredentials()))) {
                return administrator();
            }
            throw new BadCredentialsException("wrong secret");
        }

        @Override
        public boolean supports(Class<?> kind) {
            return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
        }
    }

    /** What an answer does not say itself; pages say more. */
    private static void strict(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy ->
                        policy.policyDirectives("default-src 'none'; frame-ancestors 'none'; base-uri 'none'"))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER));
    }

    private static HttpSecurity stateless(HttpSecurity http) throws Exception {
        return http.headers(Door::strict)
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable);
    }

    private static Shown administrator() {
        return new Shown(new Caller(AccountName.ROOT, USER), USER);
    }

    /** Whoever bears a token; one that is not taken is as none, and the row of the route decides. */
    private static final class Bearer extends OncePerRequestFilter {
        private final AdministratorSecret secret;
        private final Bearers bearers;

        Bearer(AdministratorSecret secret, Bearers bearers) {
            this.secret = secret;
            this.bearers = bearers;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            @Nullable String shown = request.getHeader("Authorization");
            if (shown != null && shown.startsWith(BEARER)) {
                who(shown.substring(BEARER.length()), request)
                        .ifPresent(SecurityContextHolder.getContext()::setAuthentication);
            }
            chain.doFilter(request, response);
        }

        private Optional<Shown> who(String token, HttpServletRequest request) {
            if (secret.matches(token)) {
                return Optional.of(administrator());
            }
            Optional<String> named =
                    Optional.ofNullable(request.getHeader("X-Rucio-Account")).filter(name -> !name.isBlank());
            if (named.filter(name -> !AccountName.isOne(name)).isPresent()) {
                return Optional.empty();
            }
            Optional<AccountName> wanted = named.map(AccountName::new);
            return switch (bearers.of(token, wanted)) {
                case Bearers.Bearer.Account(Caller caller) -> Optional.of(Shown.account(caller));
                case Bearers.Bearer.Capable _ -> Optional.empty();
                case Bearers.Bearer.Refused(String why) -> {
                    request.setAttribute(Refusals.WHY, why);
                    yield Optional.empty();
                }
            };
        }
    }
}
