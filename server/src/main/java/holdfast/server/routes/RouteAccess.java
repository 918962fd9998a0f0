package holdfast.server.routes;

import holdfast.access.Area;
import holdfast.access.Viewer;
import holdfast.server.api.rucio.wire.Caller;
import holdfast.server.members.Viewers;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/** Lets a request through where its row says so; decided before anything is looked at, so that the answer tells nothing. */
public final class RouteAccess implements AuthorizationManager<RequestAuthorizationContext> {
    private static final int SITE = 3;

    private final RouteTable table;
    private final Viewers viewers;
    private final Reaches reaches;

    public RouteAccess(RouteTable table, Viewers viewers, Reaches reaches) {
        this.table = table;
        this.viewers = viewers;
        this.reaches = reaches;
    }

    @Override
    public AuthorizationResult authorize(Supplier<? extends Authentication> who, RequestAuthorizationContext context) {
        var request = context.getRequest();
        Optional<Caller> caller = Shown.by(who.get());
        return new AuthorizationDecision(table.who(request.getMethod(), request.getRequestURI())
                .map(row -> lets(row, caller, request.getRequestURI()))
                .orElse(false));
    }

    private boolean lets(Who row, Optional<Caller> caller, String path) {
        return switch (row) {
            case Who.Anybody _ -> true;
            case Who.WithAccount _ -> caller.isPresent();
            case Who.Members _ -> !(viewers.of(caller) instanceof Viewer.Outsider);
            case Who.Whole _ -> viewers.sees(caller).isWhole();
            case Who.Custodians _ -> viewers.of(caller) instanceof Viewer.Custodian;
            // At which sites, the route's own method asks again.
            case Who.WithArea(Area area) -> !reaches.of(caller, area).isNowhere();
            case Who.Eraser _ ->
                caller.map(c -> viewers.removesFor(c, site(path))).orElse(false);
        };
    }

    /** {@code /api/sites/SITE/...}; names of sites need no decoding, and another one is nobody's. */
    private static String site(String path) {
        String[] parts = path.split("/", -1);
        return parts.length > SITE ? parts[SITE] : "";
    }
}
