package holdfast.server.api.rucio.entry;

import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.Caller;
import holdfast.server.api.rucio.wire.Dates;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.identity.LoginTokens;
import holdfast.server.identity.LoginTokens.Granted;
import holdfast.server.identity.Logins;
import holdfast.server.identity.Logins.Outcome;
import holdfast.vocabulary.AccountName;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The ways to log in. A login answers with headers; its body is empty. */
public final class AuthSubject implements Subject {
    private static final int OK = 200;
    private static final int SEVERAL = 206;

    private final Logins logins;
    private final LoginTokens tokens;

    public AuthSubject(Logins logins, LoginTokens tokens) {
        this.logins = logins;
        this.tokens = tokens;
    }

    @Override
    public void contribute(RouteBook book) {
        book.supports("GET /auth/userpass", this::userpass).supports("GET /auth/validate", this::validate);
    }

    private Answer userpass(RucioCall call) {
        String user = call.header("X-Rucio-Username").orElse("");
        String password = call.header("X-Rucio-Password").orElse("");
        Optional<AccountName> account = account(call);
        if (user.isBlank() || password.isEmpty()) {
            throw refused(account);
        }
        return answer(call, account, logins.userpass(account, user, password));
    }

    /** The account that was asked for. */
    static Optional<AccountName> account(RucioCall call) {
        return call.header("X-Rucio-Account").filter(name -> !name.isBlank()).map(AccountName::new);
    }

    private Answer answer(RucioCall call, Optional<AccountName> wanted, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Known known -> granted(call, known.caller());
            case Outcome.Several several -> several(several.accounts());
            case Outcome.Refused refused -> throw refused(wanted);
            case Outcome.Wait wait ->
                throw RucioError.unauthenticated("too many wrong passwords in a row; the next one is looked at in %d s"
                        .formatted(wait.left().toSeconds() + 1));
        };
    }

    private Answer granted(RucioCall call, Caller caller) {
        Granted granted = tokens.grant(caller, call.header("X-Rucio-AppID").orElse("unknown"));
        return Answer.text(OK, Answer.OCTETS, "")
                .with("X-Rucio-Auth-Token", granted.text())
                .with("X-Rucio-Auth-Token-Expires", Dates.text(granted.expires()))
                .with("X-Rucio-Auth-Account", caller.account().name())
                .with(
                        "Access-Control-Expose-Headers",
                        "X-Rucio-Auth-Token, X-Rucio-Auth-Token-Expires, X-Rucio-Auth-Account")
                .with("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate");
    }

    private static Answer several(List<AccountName> accounts) {
        String names = String.join(",", accounts.stream().map(AccountName::name).toList());
        return Answer.json(SEVERAL, out -> out.value(accounts)).with("X-Rucio-Auth-Accounts", names);
    }

    private static RucioError refused(Optional<AccountName> account) {
        return RucioError.unauthenticated(
                account.map(name -> "Cannot authenticate to account %s with given credentials".formatted(name))
                        .orElse("Cannot authenticate with given credentials"));
    }

    /** Answers as Python writes a dictionary; only operators' tools read it. */
    private Answer validate(RucioCall call) {
        String token = call.header("X-Rucio-Auth-Token")
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> RucioError.bad("ValueError", "Token must be set."));
        Granted granted = tokens.find(token)
                .orElseThrow(() -> RucioError.unauthenticated("Cannot authenticate with given credentials"));
        OffsetDateTime end = granted.expires().atOffset(ZoneOffset.UTC);
        return Answer.text(
                OK,
                Answer.OCTETS,
                ("{'account': '%s', 'identity': '%s', 'lifetime': datetime.datetime(%d, %d, %d, %d, %d, %d, %d),"
                                + " 'audience': None, 'authz_scope': None, 'vo': 'def'}")
                        .formatted(
                                granted.caller().account(),
                                granted.caller()
                                        .identity()
                                        .replace("\\", "\\\\")
                                        .replace("'", "\\'"),
                                end.getYear(),
                                end.getMonthValue(),
                                end.getDayOfMonth(),
                                end.getHour(),
                                end.getMinute(),
                                end.getSecond(),
                                end.getNano() / 1_000));
    }
}
