package holdfast.server.api.rucio.wire;

import holdfast.ingest.NameSchema;
import holdfast.server.sql.Database;
import holdfast.server.work.Bustle;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.Scope;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.JacksonIOException;

/** Rucio's interface: finds the endpoint of the raw address, asks who calls, lets it answer, and says what went wrong. */
public final class RucioServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    /** Where it is mounted. */
    public static final String MOUNT = "/rucio";

    /** What the container calls it. */
    public static final String NAME = "rucio";

    /** What it calls the one that explains, which is mounted by itself. */
    public static final String EXPLAINING = "explain";

    /** What it calls the one that hands out bytes: not this class, and behind the same door. */
    public static final String FILES = "files";

    /** Servlets that ask for their own tokens. */
    public static final Set<String> NAMES = Set.of(NAME, EXPLAINING, FILES);

    /** The attribute of a request under which it says whose it is, for the record of denied acts. */
    public static final String ACCOUNT = RucioServlet.class.getName() + ".account";

    /** The attribute under which it says what else the record is to have. */
    public static final String NOTE = RucioServlet.class.getName() + ".note";

    private static final System.Logger LOG = System.getLogger(RucioServlet.class.getName());
    private static final String ACCOUNT_OF_ADDRESS = "account";
    private static final String SCOPE = "scope";
    private static final String NAME_OF_DATA = "name";
    private static final int BROKEN = 500;
    private static final int UNAVAILABLE = 503;

    private final String mount;
    private final transient Router router;
    private final transient Tokens tokens;
    private final transient Supplier<NameSchema> schema;
    private final transient Bustle bustle;
    private final transient Function<Optional<Caller>, Eyes> eyes;

    /**
     * @param eyes who a caller is to the plan; nobody for what needs no token
     * @param schema how addresses part scope and name, by the policy in force
     * @param bustle told of calls that may change something, so that work that can wait gives way
     */
    public RucioServlet(
            RouteBook book,
            Tokens tokens,
            Function<Optional<Caller>, Eyes> eyes,
            Supplier<NameSchema> schema,
            Bustle bustle) {
        this(new Mounted(MOUNT, book.routes()), tokens, eyes, schema, bustle);
    }

    /** Some routes, and the address that they lie below. */
    public record Mounted(String at, List<Route> routes) {
        public Mounted {
            routes = List.copyOf(routes);
        }
    }

    /** The same for some routes elsewhere. */
    public RucioServlet(
            Mounted mounted,
            Tokens tokens,
            Function<Optional<Caller>, Eyes> eyes,
            Supplier<NameSchema> schema,
            Bustle bustle) {
        this.mount = mounted.at;
        this.router = new Router(mounted.routes);
        this.eyes = eyes;
        this.tokens = tokens;
        this.schema = schema;
        this.bustle = bustle;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) {
            answer(request, response);
            return;
        }
        try (var _ = bustle.begin()) {
            answer(request, response);
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            send(answer(request), response);
        } catch (RuntimeException failure) {
            if (response.isCommitted()) {
                // The status is out: the connection breaks off, which the client notices.
                LOG.log(Level.WARNING, request.getRequestURI() + " broke off: " + failure, failure);
                throw failure;
            }
            response.reset();
            send(ErrorAnswer.of(told(request, failure)), response);
        }
    }

    private Answer answer(HttpServletRequest request) {
        String uri = request.getRequestURI();
        if (!uri.startsWith(mount)) {
            return ErrorAnswer.notFound();
        }
        String path = uri.substring(mount.length());
        if (request.getMethod().equals("OPTIONS")) {
            return options(path);
        }
        Optional<Verb> verb = verb(request.getMethod());
        if (verb.isEmpty()) {
            return ErrorAnswer.otherVerbs("GET, POST, PUT, DELETE, HEAD, OPTIONS");
        }
        return switch (router.find(verb.get(), path)) {
            case Router.Found.Endpoint found -> answer(request, found);
            case Router.Found.OtherVerbs others -> ErrorAnswer.otherVerbs(names(others.verbs()));
            case Router.Found.Nothing nothing -> ErrorAnswer.notFound();
        };
    }

    private Answer answer(HttpServletRequest request, Router.Found.Endpoint found) {
        Endpoint endpoint = found.route().endpoint();
        Optional<Caller> caller = endpoint.open() ? maybe(request) : Optional.of(caller(request));
        caller.ifPresent(known -> request.setAttribute(ACCOUNT, known.account().name()));
        Eyes seen = eyes.apply(caller);
        refuse(found, caller, seen);
        Accept.of(request).check(endpoint.produces());
        Map<String, String> variables = parted(found.variables());
        if (isHidden(variables, seen)) {
            request.setAttribute(NOTE, "hidden");
        }
        @Nullable String query = request.getQueryString();
        return found.route()
                .handler()
                .answer(new RucioCall(
                        request,
                        endpoint,
                        variables,
                        new RucioCall.Asking(caller, seen),
                        Query.of(query == null ? "" : query)));
    }

    /** Whom a route is not for is told so before anything is looked at, and always in the same words. */
    /** Whether the address names a scope that is not for the caller to know of; for the record, no answer hangs on it. */
    private static boolean isHidden(Map<String, String> variables, Eyes seen) {
        @Nullable String scope = variables.get(SCOPE);
        try {
            return scope != null && !seen.sees().isWhole() && !seen.sees().allows(new Scope(scope));
        } catch (BadWord none) {
            return false;
        }
    }

    private static void refuse(Router.Found.Endpoint found, Optional<Caller> caller, Eyes seen) {
        Who who = found.route().access().who();
        if (!who.lets(caller, seen, Optional.ofNullable(found.variables().get(ACCOUNT_OF_ADDRESS)))) {
            throw RucioError.denied("%s may not call %s; it is for %s"
                    .formatted(
                            caller.map(c -> "account " + c.account()).orElse("nobody"),
                            found.route().endpoint().key(),
                            who.words()));
        }
    }

    private Map<String, String> parted(Map<String, String> variables) {
        if (!variables.containsKey(SCOPE) || !variables.containsKey(NAME_OF_DATA)) {
            return variables;
        }
        String scope = variables.getOrDefault(SCOPE, "");
        String name = variables.getOrDefault(NAME_OF_DATA, "");
        NameSchema.Parts parts = schema.get()
                .parts(scope, name)
                .orElseThrow(() -> RucioError.bad(
                        "ValueError",
                        "Could not parse '/%s/%s' with pattern '%s' into scope and name."
                                .formatted(
                                        scope,
                                        name,
                                        schema.get()
                                                .split()
                                                .map(Object::toString)
                                                .orElse(""))));
        Map<String, String> parted = new HashMap<>(variables);
        parted.put(SCOPE, parts.scope());
        parted.put(NAME_OF_DATA, parts.name());
        return parted;
    }

    /** What needs no token shows more to whoever shows a good one; any other is as none. */
    private Optional<Caller> maybe(HttpServletRequest request) {
        @Nullable String token = request.getHeader("X-Rucio-Auth-Token");
        try {
            return token == null || token.isEmpty() ? Optional.empty() : Optional.of(caller(request));
        } catch (RucioError | BadWord notTaken) {
            return Optional.empty();
        }
    }

    private Caller caller(HttpServletRequest request) {
        @Nullable String token = request.getHeader("X-Rucio-Auth-Token");
        if (token == null || token.isEmpty()) {
            throw RucioError.bad("ValueError", "Token must be set.");
        }
        Optional<AccountName> wanted = Optional.ofNullable(request.getHeader("X-Rucio-Account"))
                .filter(name -> !name.isBlank())
                .map(AccountName::new);
        return tokens.caller(token, wanted)
                .orElseThrow(() -> RucioError.unauthenticated("Cannot authenticate with given credentials"));
    }

    /** The methods that an address has. */
    private Answer options(String path) {
        Set<Verb> verbs = Arrays.stream(Verb.values())
                .filter(verb -> router.find(verb, path) instanceof Router.Found.Endpoint)
                .collect(Collectors.toUnmodifiableSet());
        return verbs.isEmpty() ? ErrorAnswer.notFound() : Answer.empty().with("Allow", names(verbs));
    }

    private static String names(Set<Verb> verbs) {
        return verbs.stream().sorted().map(Verb::name).collect(Collectors.joining(", "))
                + (verbs.contains(Verb.GET) ? ", HEAD, OPTIONS" : ", OPTIONS");
    }

    private static Optional<Verb> verb(String method) {
        String asked = method.toUpperCase(Locale.ROOT).equals("HEAD") ? "GET" : method;
        return Arrays.stream(Verb.values())
                .filter(verb -> verb.name().equals(asked))
                .findFirst();
    }

    private static RucioError told(HttpServletRequest request, RuntimeException failure) {
        return switch (failure) {
            case RucioError error -> error;
            case BadWord bad -> RucioError.invalid(RucioCall.brief(bad));
            case JacksonIOException gone -> RucioError.bad("ValueError", "the body did not come whole");
            case JacksonException bad -> RucioError.bad("ValueError", "cannot decode json parameter dictionary");
            case Database.UnknownCommit lost -> RucioError.of(UNAVAILABLE, "DatabaseException", message(lost));
            case Database.Failed failed -> database(request, failed);
            default -> {
                LOG.log(Level.ERROR, request.getMethod() + " " + request.getRequestURI() + " failed", failure);
                yield RucioError.of(
                        BROKEN, "RucioException", "Holdfast failed and has written down why: " + message(failure));
            }
        };
    }

    /** What the database cannot do now is worth another try; what it refused is a defect of ours. */
    private static RucioError database(HttpServletRequest request, Database.Failed failed) {
        LOG.log(Level.ERROR, request.getMethod() + " " + request.getRequestURI() + " failed", failed);
        return RucioError.of(failed.isPassing() ? UNAVAILABLE : BROKEN, "DatabaseException", message(failed));
    }

    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }

    private static void send(Answer answer, HttpServletResponse response) throws IOException {
        Spill out = new Spill(response, () -> {
            response.setStatus(answer.status());
            response.setContentType(answer.contentType());
            answer.headers().forEach(response::setHeader);
        });
        answer.content().to(out);
        out.finish();
    }
}
