package holdfast.server.api.rucio.entry;

import holdfast.access.GroupClaim;
import holdfast.journal.Micros;
import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.Caller;
import holdfast.server.api.rucio.wire.Dates;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.clock.HouseClock;
import holdfast.server.identity.Came;
import holdfast.server.identity.Came.Way;
import holdfast.server.identity.DistinguishedName;
import holdfast.server.identity.GroupClaims;
import holdfast.server.identity.Identity;
import holdfast.server.identity.IdentityType;
import holdfast.server.identity.LoginTokens;
import holdfast.server.identity.LoginTokens.Granted;
import holdfast.server.identity.Logins;
import holdfast.server.identity.Logins.Outcome;
import holdfast.server.identity.SshChallenges;
import holdfast.vocabulary.AccountName;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The ways to log in. A login answers with headers; its body is empty. */
public final class AuthSubject implements Subject {
    private static final int OK = 200;
    private static final int SEVERAL = 206;

    private static final String LATER =
            "bring a token of an issuer that the server believes: `holdfast login --token-file FILE` writes one where"
                    + " the client's auth_token_file_path reads it; or log in by userpass, ssh or x509";

    private final Logins logins;
    private final LoginTokens tokens;
    private final SshChallenges challenges;
    private final Optional<String> frontEnd;
    private final Optional<String> voms;
    private final HouseClock clock;

    /**
     * What a front end hands in of a certificate that it checked.
     *
     * @param subject the header with its subject; empty where nobody is trusted with that
     * @param fqans the header with what VOMS says in it, which is believed from front ends that are named alone; empty where that
     *     is not looked at
     */
    public record Headers(Optional<String> subject, Optional<String> fqans) {}

    public AuthSubject(Logins logins, LoginTokens tokens, SshChallenges challenges, Headers headers, HouseClock clock) {
        this.logins = logins;
        this.tokens = tokens;
        this.challenges = challenges;
        this.frontEnd = headers.subject();
        this.voms = headers.fqans();
        this.clock = clock;
    }

    @Override
    public void contribute(RouteBook book) {
        String trusted =
                "where the server asks for certificates (serve --tls-clients), or behind a front end that checks them,"
                        + " named by holdfast.x509.header; no grid proxies on the server's own line";
        book.supports("GET /auth/userpass", this::userpass)
                .supports("GET /auth/validate", this::validate)
                .supports("GET /auth/ssh_challenge_token", this::challenge)
                .supports("GET /auth/ssh", this::ssh)
                .differs("GET /auth/x509", trusted, this::x509)
                .differs("GET /auth/x509/webui", trusted, this::x509)
                .differs("GET /auth/x509_proxy", trusted, this::x509)
                .refuses("GET /auth/gss", LATER)
                .refuses("GET /auth/oidc", LATER)
                .refuses("GET /auth/oidc_code", LATER)
                .refuses("GET /auth/oidc_redirect", LATER)
                .refuses("GET /auth/oidc_refresh", LATER);
    }

    private Answer x509(RucioCall call) {
        Optional<AccountName> account = account(call);
        String subject = call.certificate()
                .or(() -> frontEnd.flatMap(call::header))
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> frontEnd.isPresent() ? refused(account) : noCertificate());
        Identity identity = new Identity(IdentityType.X509, DistinguishedName.normal(subject));
        Outcome outcome = logins.shown(account, identity, claim(call));
        boolean takesSeveral = call.header("X-Rucio-Allow-Return-Multiple-Accounts")
                .filter(text -> !text.isBlank())
                .isPresent();
        if (outcome instanceof Outcome.Several && !takesSeveral) {
            throw refused(account);
        }
        return answer(call, Way.CERTIFICATE, account, outcome);
    }

    /** A certificate that was shown on this line itself is none that a front end speaks of. */
    private Optional<GroupClaim> claim(RucioCall call) {
        if (call.certificate().isPresent() || !call.isThroughFrontEnd()) {
            return Optional.empty();
        }
        return voms.flatMap(call::onlyHeader).map(fqans -> GroupClaims.voms(fqans, Micros.cut(clock.now())));
    }

    private static RucioError noCertificate() {
        return RucioError.unauthenticated(
                "no certificate came with the call, and no front end is trusted to check any: start the server with"
                        + " --tls-clients, or with -Dholdfast.x509.header=NAME behind a front end that sets that header"
                        + " itself, or log in by userpass");
    }

    private Answer challenge(RucioCall call) {
        AccountName account = account(call).orElseThrow(() -> refused(Optional.empty()));
        SshChallenges.Challenge challenge = challenges.ask(account);
        return Answer.text(OK, Answer.OCTETS, "")
                .with("X-Rucio-SSH-Challenge-Token", challenge.text())
                .with("X-Rucio-SSH-Challenge-Token-Expires", Dates.text(challenge.expires()));
    }

    private Answer ssh(RucioCall call) {
        Optional<AccountName> account = account(call);
        String signature = call.header("X-Rucio-SSH-Signature").orElse("");
        Identity signer =
                account.flatMap(name -> challenges.signer(name, signature)).orElseThrow(() -> refused(account));
        return answer(call, Way.SSH_KEY, account, logins.shown(account, signer));
    }

    private Answer userpass(RucioCall call) {
        String user = call.header("X-Rucio-Username").orElse("");
        String password = call.header("X-Rucio-Password").orElse("");
        Optional<AccountName> account = account(call);
        if (user.isBlank() || password.isEmpty()) {
            throw refused(account);
        }
        return answer(call, Way.PASSWORD, account, logins.userpass(account, user, password));
    }

    /** The account that was asked for. */
    static Optional<AccountName> account(RucioCall call) {
        return call.header("X-Rucio-Account").filter(name -> !name.isBlank()).map(AccountName::new);
    }

    private Answer answer(RucioCall call, Way way, Optional<AccountName> wanted, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Known known -> granted(call, way, known.caller());
            case Outcome.Several several -> several(several.accounts());
            case Outcome.Refused refused -> throw refused(wanted);
            case Outcome.Wait wait ->
                throw RucioError.unauthenticated("too many wrong passwords in a row; the next one is looked at in %d s"
                        .formatted(wait.left().toSeconds() + 1));
        };
    }

    private Answer granted(RucioCall call, Way way, Caller caller) {
        String program = call.header("X-Rucio-AppID").orElse("unknown");
        Granted granted = tokens.grant(caller, new Came(way, call.network(), program));
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
