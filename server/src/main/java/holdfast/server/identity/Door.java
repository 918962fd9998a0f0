package holdfast.server.identity;

import holdfast.server.api.rucio.wire.RucioServlet;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
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
    SecurityFilterChain programs(HttpSecurity http, AdministratorSecret secret) throws Exception {
        return stateless(http.securityMatcher("/api/**", "/holdfast/v1/adoption/**"))
                .authorizeHttpRequests(r ->
                        r.requestMatchers("/api/ping").permitAll().anyRequest().authenticated())
                .exceptionHandling(e -> e.authenticationEntryPoint((request, response, failure) -> refuse(response)))
                .addFilterBefore(new Bearer(secret), UsernamePasswordAuthenticationFilter.class)
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain pages(HttpSecurity http, AuthenticationManager manager) throws Exception {
        return stateless(http)
                .authorizeHttpRequests(r -> r.anyRequest().authenticated())
                .authenticationManager(manager)
                .httpBasic(b -> b.realmName("Holdfast"))
                .build();
    }

    @Bean
    AuthenticationManager administrator(AdministratorSecret secret) {
        return shown -> {
            if (USER.equals(shown.getName()) && secret.matches(String.valueOf(shown.getCredentials()))) {
                return allowed();
            }
            throw new BadCredentialsException("wrong secret");
        };
    }

    private static HttpSecurity stateless(HttpSecurity http) throws Exception {
        return http.csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable);
    }

    private static UsernamePasswordAuthenticationToken allowed() {
        return new UsernamePasswordAuthenticationToken(
                USER, null, List.of(new SimpleGrantedAuthority("ROLE_ADMINISTRATOR")));
    }

    private static void refuse(HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        response.setContentType("application/json");
        response.getOutputStream()
                .print("{\"error\":\"UNAUTHENTICATED\",\"message\":\"show the administrator secret as a bearer token;"
                        + " it is in admin.secret of the server's data folder\"}");
    }

    private static final class Bearer extends OncePerRequestFilter {
        private final AdministratorSecret secret;

        Bearer(AdministratorSecret secret) {
            this.secret = secret;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            @Nullable String shown = request.getHeader("Authorization");
            if (shown != null && shown.startsWith(BEARER) && secret.matches(shown.substring(BEARER.length()))) {
                SecurityContextHolder.getContext().setAuthentication(allowed());
            }
            chain.doFilter(request, response);
        }
    }
}
