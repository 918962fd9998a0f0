package holdfast.server.edge;

import holdfast.server.api.rucio.wire.RucioServlet;
import holdfast.server.edge.DeniedLog.Asked;
import holdfast.server.edge.Turnstile.Rate;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What stands before every interface. Who shows what is not taken again and again waits, by network; who was let in may ask
 * often, by what was shown. Waiting is the same whatever was asked for, so that it tells nothing of what there is.
 */
public final class Edge extends HttpFilter {
    private static final long serialVersionUID = 1;
    private static final int TOO_MANY = 429;
    private static final int TAKEN_REMEMBERED = 50_000;

    private final transient Turnstile refused;
    private final transient Turnstile letIn;
    private final transient Turnstile begun;
    private final transient FrontEnds frontEnds;
    private final transient DeniedLog log;
    private final Set<Integer> taken = ConcurrentHashMap.newKeySet();

    /**
     * How often somebody may ask.
     *
     * @param refused requests of one network that are not let in
     * @param letIn requests with one login
     * @param begun logins at an issuer that one network begins, each of which begins a session
     */
    public record Rates(int refused, int refusedAtOnce, int letIn, int letInAtOnce, int begun, int begunAtOnce) {
        /** Far above what people and well-made clients need. */
        public static final Rates DEFAULTS = new Rates(10, 2_000, 5_000, 20_000, 1, 100);

        /**
         * As the property {@code holdfast.rates} has them, four numbers with commas, or six; the defaults where there is none.
         *
         * @throws IllegalArgumentException for anything else
         */
        public static Rates stated() {
            @Nullable String property = System.getProperty("holdfast.rates");
            if (property == null) {
                return DEFAULTS;
            }
            if (!property.matches("[1-9]\\d{0,6}(,[1-9]\\d{0,6}){3}(,[1-9]\\d{0,6},[1-9]\\d{0,6})?")) {
                throw new IllegalArgumentException("-Dholdfast.rates=" + property
                        + " is not four or six numbers from 1 up: refused requests of a network a second and at once,"
                        + " requests of a login a second and at once, and logins at an issuer that a network"
                        + " begins a second and at once, such as 10,2000,5000,20000,1,100");
            }
            int[] rates = Arrays.stream(property.split(",", -1))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            boolean all = rates.length > 4;
            return new Rates(
                    rates[0],
                    rates[1],
                    rates[2],
                    rates[3],
                    all ? rates[4] : DEFAULTS.begun,
                    all ? rates[5] : DEFAULTS.begunAtOnce);
        }
    }

    public Edge(Rates rates, FrontEnds frontEnds, DeniedLog log) {
        this.refused = new Turnstile(new Rate(rates.refused, rates.refusedAtOnce), System::nanoTime);
        this.letIn = new Turnstile(new Rate(rates.letIn, rates.letInAtOnce), System::nanoTime);
        this.begun = new Turnstile(new Rate(rates.begun, rates.begunAtOnce), System::nanoTime);
        this.frontEnds = frontEnds;
        this.log = log;
    }

    @Override
    protected void doFilter(HttpServletRequest came, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = frontEnds.fromClient(came);
        if (isOdd(request)) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        String network = Networks.of(request.getRemoteAddr());
        Optional<Integer> shown = shown(request);
        boolean known = shown.filter(taken::contains).isPresent();
        Duration wait = known ? letIn.toWait(shown.get().toString()) : refused.toWait(network);
        if (!wait.isPositive() && beginsLogin(request)) {
            wait = begun.toWait(network);
            begun.pass(network);
        }
        if (wait.isPositive()) {
            response.setStatus(TOO_MANY);
            response.setHeader("Retry-After", Long.toString(wait.toSeconds() + 1));
            return;
        }
        try {
            chain.doFilter(request, strict(request, response));
        } finally {
            after(request, response.getStatus(), network, shown);
        }
    }

    /**
     * Whether an address only means a servlet after it was tidied up (doubled slashes, parameters), over which whoever parses it behind
     * this would stumble; Spring's firewall looks at the others. And whether somebody asks for the page of errors itself.
     */
    private static boolean isOdd(HttpServletRequest request) {
        String uri = request.getRequestURI();
        if (!RucioServlet.NAMES.contains(request.getHttpServletMapping().getServletName())) {
            return uri.equals("/error");
        }
        String mount = request.getHttpServletMapping().getPattern().replaceFirst("/\\*$", "");
        return !uri.equals(mount) && !uri.startsWith(mount + "/");
    }

    /** As the container understands the address, whatever it looks like. */
    private static boolean beginsLogin(HttpServletRequest request) {
        String path = request.getServletPath()
                + Optional.ofNullable(request.getPathInfo()).orElse("");
        return path.startsWith("/oauth2/authorization/");
    }

    private void after(HttpServletRequest request, int status, String network, Optional<Integer> shown) {
        // Rucio says 401 also to an account that may not.
        boolean unknown =
                status == HttpServletResponse.SC_UNAUTHORIZED && request.getAttribute(RucioServlet.ACCOUNT) == null;
        if (unknown) {
            refused.pass(network);
            shown.ifPresent(taken::remove);
        } else {
            shown.ifPresent(this::take);
            shown.ifPresent(one -> letIn.pass(one.toString()));
        }
        @Nullable Object note = request.getAttribute(RucioServlet.NOTE);
        if (status == HttpServletResponse.SC_UNAUTHORIZED
                || status == HttpServletResponse.SC_FORBIDDEN
                || note != null) {
            log.write(asked(request), status, note == null ? "" : note.toString());
        }
    }

    private void take(Integer shown) {
        if (taken.size() > TAKEN_REMEMBERED) {
            taken.clear();
        }
        taken.add(shown);
    }

    private static Asked asked(HttpServletRequest request) {
        @Nullable Object account = request.getAttribute(RucioServlet.ACCOUNT);
        String who = account != null
                ? account.toString()
                : Optional.ofNullable(request.getUserPrincipal())
                        .map(Principal::getName)
                        .orElse("");
        return new Asked(who, String.valueOf(request.getRemoteAddr()), request.getMethod(), request.getRequestURI());
    }

    /** What was shown, as a number of this process: the secret itself is kept nowhere. */
    private static Optional<Integer> shown(HttpServletRequest request) {
        @Nullable String token = request.getHeader("X-Rucio-Auth-Token");
        return Optional.ofNullable(token == null ? request.getHeader("Authorization") : token)
                .map(String::hashCode);
    }

    /** With strict headers, which stay when an answer is begun anew; Spring Security writes those of the others. */
    private static HttpServletResponse strict(HttpServletRequest request, HttpServletResponse response) {
        if (!RucioServlet.NAMES.contains(request.getHttpServletMapping().getServletName())) {
            return response;
        }
        HttpServletResponse strict = new HttpServletResponseWrapper(response) {
            @Override
            public void reset() {
                super.reset();
                headers(request, this);
            }
        };
        headers(request, strict);
        return strict;
    }

    private static void headers(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'");
        response.setHeader("Cache-Control", "no-store");
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
    }
}
