package holdfast.server.signin;

import holdfast.server.api.rucio.wire.Caller;
import holdfast.server.clock.HouseClock;
import holdfast.server.identity.Came;
import holdfast.server.identity.GroupClaims;
import holdfast.server.identity.Identity;
import holdfast.server.identity.IdentityType;
import holdfast.server.identity.KeptClaim;
import holdfast.server.identity.Logins;
import holdfast.server.identity.Logins.Outcome;
import holdfast.server.identity.StandingLogins;
import holdfast.server.routes.Shown;
import holdfast.vocabulary.AccountName;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * Sessions of browsers. A session keeps an identity and no permission: with each request the mapping, the account and the
 * membership are asked anew, so that what ends, ends at once. It lives on its node.
 */
public final class Sessions implements SecurityContextRepository {
    private static final String KEPT = "holdfast.signed-in";

    /** However busy somebody is, they log in again after a working day; idle ones after half an hour (server.servlet.session). */
    private static final Duration LONGEST = Duration.ofHours(8);

    private static final int SECONDS_OF_A_MINUTE = 60;

    private final Logins logins;
    private final StandingLogins standing;
    private final Predicate<Caller> left;
    private final GroupClaims claims;
    private final HouseClock clock;

    /** @param left whether somebody was a member once and is none any more */
    public Sessions(
            Logins logins, StandingLogins standing, Predicate<Caller> left, GroupClaims claims, HouseClock clock) {
        this.logins = logins;
        this.standing = standing;
        this.left = left;
        this.claims = claims;
        this.clock = clock;
    }

    /** What is known of whoever has a session. */
    Optional<SignedIn> signedIn(HttpServletRequest request) {
        @Nullable HttpSession session = request.getSession(false);
        if (session == null || !(session.getAttribute(KEPT) instanceof SignedIn kept)) {
            return Optional.empty();
        }
        if (!standing.stands(kept.login())) {
            session.invalidate();
            return Optional.empty();
        }
        return Optional.of(kept);
    }

    /** For which account they act by now. */
    Outcome outcome(SignedIn signedIn) {
        Outcome outcome = shown(signedIn.wanted(), signedIn);
        return outcome instanceof Outcome.Known known && left.test(known.caller()) ? new Outcome.Refused() : outcome;
    }

    private Outcome shown(Optional<AccountName> wanted, SignedIn signedIn) {
        return logins.shown(wanted, new Identity(IdentityType.OIDC, signedIn.identity()), signedIn.said());
    }

    /** Those that they may act for. */
    List<AccountName> accounts(SignedIn signedIn) {
        return switch (shown(Optional.empty(), signedIn)) {
            case Outcome.Several several -> several.accounts();
            case Outcome.Known known -> List.of(known.caller().account());
            case Outcome.Refused _, Outcome.Wait _ -> List.of();
        };
    }

    /** Acts for one of several accounts from now on; whether they may is asked with each request. */
    void keep(HttpServletRequest request, SignedIn signedIn) {
        request.getSession().setAttribute(KEPT, signedIn);
        // A session that only began a login has less.
        request.getSession()
                .setMaxInactiveInterval(request.getServletContext().getSessionTimeout() * SECONDS_OF_A_MINUTE);
    }

    @Override
    @Deprecated
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        return signedIn(holder.getRequest())
                .flatMap(this::used)
                .<SecurityContext>map(caller -> new SecurityContextImpl(Shown.account(caller)))
                .orElseGet(SecurityContextImpl::new);
    }

    private Optional<Caller> used(SignedIn signedIn) {
        if (!(outcome(signedIn) instanceof Outcome.Known(Caller caller))) {
            return Optional.empty();
        }
        standing.used(signedIn.login(), caller.account());
        return Optional.of(caller);
    }

    /** Ends the session here and everywhere. */
    void over(HttpServletRequest request) {
        @Nullable HttpSession session = request.getSession(false);
        if (session != null && session.getAttribute(KEPT) instanceof SignedIn kept) {
            standing.over(kept.login());
            session.removeAttribute(KEPT);
        }
    }

    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
        @Nullable Authentication shown = context.getAuthentication();
        if (shown == null) {
            over(request);
        } else if (shown.getPrincipal() instanceof OidcUser user) {
            String issuer = String.valueOf(user.getIdToken().getClaimAsString("iss"));
            String identity = "SUB=%s, ISS=%s".formatted(user.getIdToken().getSubject(), issuer);
            @Nullable
            String claim = KeptClaim.text(claims.of(issuer, user.getIdToken().getClaims(), clock.now()));
            // Who logs in over a login of this browser has left it.
            over(request);
            Came came = new Came(Came.Way.BROWSER, String.valueOf(request.getRemoteAddr()), program(request));
            keep(request, new SignedIn(identity, clock.now(), standing.begin(identity, came, LONGEST), claim, null));
        }
    }

    private static String program(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("User-Agent")).orElse("unknown");
    }

    @Override
    public boolean containsContext(HttpServletRequest request) {
        return signedIn(request).isPresent();
    }
}
