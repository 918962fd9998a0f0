package holdfast.server.api.holdfast;

import holdfast.server.api.rucio.wire.Caller;
import holdfast.server.identity.StandingLogins;
import holdfast.server.identity.StandingLogins.Login;
import holdfast.server.routes.Shown;
import holdfast.vocabulary.AccountName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The logins of one's own account, to be looked at and ended; and, for the custodian, those of any. */
@RestController
@RequestMapping("/api/logins")
class StandingLoginsController {
    private static final String BEARER = "Bearer ";

    private final StandingLogins standing;

    StandingLoginsController(StandingLogins standing) {
        this.standing = standing;
    }

    /** @param here whether it is the one that asks */
    record LoginSaid(
            String id,
            String way,
            String identity,
            Instant since,
            Instant used,
            Instant until,
            String network,
            String program,
            boolean here) {
        static LoginSaid of(Login login, Optional<UUID> asking) {
            return new LoginSaid(
                    login.id().toString(),
                    login.came().way().words(),
                    login.identity(),
                    login.since(),
                    login.used(),
                    login.until(),
                    login.came().network(),
                    login.came().program(),
                    asking.equals(Optional.of(login.id())));
        }
    }

    record LoginsSaid(String account, List<LoginSaid> logins) {}

    record Ended(int ended) {}

    @GetMapping("/mine")
    LoginsSaid mine(
            Authentication shown, @RequestHeader(name = "Authorization", required = false) @Nullable String header) {
        return said(own(shown), asking(header));
    }

    @PostMapping("/mine/{id}/end")
    Ended end(@PathVariable UUID id, Authentication shown) {
        AccountName account = own(shown);
        if (!standing.end(account, id)) {
            throw new Problem.Told(
                    Problem.NOT_FOUND, "%s has no login %s; it may have ended by itself".formatted(account, id));
        }
        return new Ended(1);
    }

    @PostMapping("/mine/end-others")
    Ended endOthers(
            Authentication shown, @RequestHeader(name = "Authorization", required = false) @Nullable String header) {
        return new Ended(standing.endAll(own(shown), asking(header)));
    }

    @GetMapping("/of/{account}")
    LoginsSaid of(@PathVariable String account) {
        return said(new AccountName(account), Optional.empty());
    }

    @PostMapping("/of/{account}/end")
    Ended endAll(@PathVariable String account) {
        return new Ended(standing.endAll(new AccountName(account), Optional.empty()));
    }

    private LoginsSaid said(AccountName account, Optional<UUID> asking) {
        return new LoginsSaid(
                account.name(),
                standing.of(account).stream()
                        .map(login -> LoginSaid.of(login, asking))
                        .toList());
    }

    private static AccountName own(Authentication shown) {
        return Shown.by(shown).map(Caller::account).orElseThrow();
    }

    /** The login that asks; none for a token of an issuer and the administrator secret, which are no logins. */
    private Optional<UUID> asking(@Nullable String header) {
        return Optional.ofNullable(header)
                .filter(text -> text.startsWith(BEARER))
                .flatMap(text -> standing.idOf(text.substring(BEARER.length())));
    }
}
