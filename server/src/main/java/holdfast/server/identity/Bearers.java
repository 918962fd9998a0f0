package holdfast.server.identity;

import holdfast.access.Capabilities;
import holdfast.server.api.rucio.wire.Caller;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.api.rucio.wire.Tokens;
import holdfast.vocabulary.AccountName;
import java.util.List;
import java.util.Optional;

/** Whoever bears a token: one of a login here, or one of an issuer that this node believes. */
public final class Bearers implements Tokens {
    private final LoginTokens logins;
    private final Issuers issuers;
    private final Logins accounts;

    public Bearers(LoginTokens logins, Issuers issuers, Logins accounts) {
        this.logins = logins;
        this.issuers = issuers;
        this.accounts = accounts;
    }

    /** Whose a token is, or what it opens. */
    public sealed interface Bearer {
        record Account(Caller caller) implements Bearer {}

        /** Nobody's account: the token opens what it names, and nothing else. */
        record Capable(Capabilities capabilities) implements Bearer {}

        /** @param why to be told to whoever showed it */
        record Refused(String why) implements Bearer {}
    }

    /**
     * Who bears a token.
     *
     * @param wanted the account that is asked for, where the bearer may act for several
     */
    public Bearer of(String token, Optional<AccountName> wanted) {
        return switch (issuers.read(token)) {
            case Issuers.Read.Other other ->
                logins.find(token)
                        .<Bearer>map(granted -> new Bearer.Account(granted.caller()))
                        .orElseGet(() -> new Bearer.Refused("Cannot authenticate with given credentials"));
            case Issuers.Read.Refused refused -> new Bearer.Refused("the token is not taken: " + refused.why());
            case Issuers.Read.Good good when good.capabilities().stated() -> new Bearer.Capable(good.capabilities());
            case Issuers.Read.Good good -> account(good, wanted);
        };
    }

    private Bearer account(Issuers.Read.Good good, Optional<AccountName> wanted) {
        return switch (accounts.shown(wanted, good.bearer(), good.claim())) {
            case Logins.Outcome.Known known -> new Bearer.Account(known.caller());
            case Logins.Outcome.Several several -> new Bearer.Refused(several(several.accounts()));
            case Logins.Outcome.Refused _, Logins.Outcome.Wait _ ->
                new Bearer.Refused("the identity '%s' may not act for %s; an administrator maps it"
                        .formatted(
                                good.bearer().name(),
                                wanted.map(account -> "account " + account).orElse("any account")));
        };
    }

    private static String several(List<AccountName> accounts) {
        return "it may act for several accounts: name one of %s in X-Rucio-Account".formatted(accounts);
    }

    @Override
    public Optional<Caller> caller(String token, Optional<AccountName> wanted) {
        return switch (of(token, wanted)) {
            case Bearer.Account account -> Optional.of(account.caller());
            case Bearer.Refused refused -> throw RucioError.unauthenticated(refused.why());
            case Bearer.Capable _ ->
                throw RucioError.unauthenticated("a token with capabilities for storage is no login");
        };
    }
}
