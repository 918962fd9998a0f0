package holdfast.server.api.rucio.accounts;

import holdfast.access.Action;
import holdfast.access.Subject;
import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.catalog.Accounts;
import holdfast.server.catalog.Permissions;
import holdfast.server.clock.HouseClock;
import holdfast.server.identity.Identities;
import holdfast.server.identity.Identity;
import holdfast.server.identity.IdentityType;
import holdfast.server.identity.Logins;
import holdfast.server.identity.Mapping;
import holdfast.server.identity.PasswordRule;
import holdfast.vocabulary.AccountName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Who may act for which account. */
public final class IdentitySubject implements holdfast.server.api.rucio.wire.Subject {
    private static final String FRONT_END = "an identity that only a front end can show is added by"
            + " POST /accounts/{account}/identities, with its name in the body";

    private final Accounts accounts;
    private final Permissions permissions;
    private final Identities identities;
    private final HouseClock clock;

    public IdentitySubject(Accounts accounts, Permissions permissions, Identities identities, HouseClock clock) {
        this.accounts = accounts;
        this.permissions = permissions;
        this.identities = identities;
        this.clock = clock;
    }

    @Override
    public void contribute(RouteBook book) {
        book.supports("POST /accounts/{account}/identities", this::add)
                .differs(
                        "GET /accounts/{account}/identities",
                        "only the account itself and administrators see them",
                        this::list)
                .differs(
                        "DELETE /accounts/{account}/identities",
                        "the tokens of that identity for the account end at once",
                        this::remove)
                .supports("PUT /identities/{account}/userpass", this::addUser)
                .refuses("PUT /identities/{account}/x509", FRONT_END)
                .refuses("PUT /identities/{account}/gss", FRONT_END)
                .supports(
                        "GET /identities/{identity_key}/{type}/accounts",
                        call -> ofIdentity(call.path("identity_key"), call.path("type")))
                .supports("GET /identities/accounts", this::ofQuery);
    }

    private Answer add(RucioCall call) {
        Parameters sent = call.parameters();
        Identity identity = new Identity(type(sent.text("authtype")), sent.text("identity"));
        String mail = sent.text("email");
        Optional<String> password = sent.maybeText("password");
        AccountName account = allowed(call, Action.ADD_IDENTITY);
        if (identity.type() == IdentityType.USERPASS && password.isEmpty()) {
            throw RucioError.bad("IdentityError", "You must provide a password!");
        }
        keep(new Mapping(identity, account, mail, sent.flag("default", false)), password);
        return Answer.created();
    }

    private Answer addUser(RucioCall call) {
        String user = header(call, "X-Rucio-Username");
        String password = header(call, "X-Rucio-Password");
        String mail = call.header("X-Rucio-Email").orElse("");
        AccountName account = allowed(call, Action.ADD_IDENTITY);
        keep(new Mapping(new Identity(IdentityType.USERPASS, user), account, mail, false), Optional.of(password));
        return Answer.created();
    }

    private static String header(RucioCall call, String name) {
        return call.header(name)
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> RucioError.bad("ValueError", name + " must be set"));
    }

    private AccountName allowed(RucioCall call, Action action) {
        AccountName account = Accounts.name(call.path("account"));
        permissions.require(call.account(), action, Subject.account(account));
        return accounts.account(account).name();
    }

    private void keep(Mapping mapping, Optional<String> password) {
        boolean isUser = mapping.identity().type() == IdentityType.USERPASS;
        boolean isThere = identities.of(mapping.identity()).stream()
                .anyMatch(other -> other.account().equals(mapping.account()));
        if (isThere || !isAdded(mapping, password.filter(text -> isUser))) {
            throw RucioError.conflict(
                    "Duplicate",
                    "Identity pair '%s',%s already exists!"
                            .formatted(
                                    mapping.identity().name(),
                                    mapping.identity().type()));
        }
    }

    private boolean isAdded(Mapping mapping, Optional<String> password) {
        try {
            return identities.add(mapping, password, clock.now());
        } catch (Identities.OtherPassword | PasswordRule.Weak notTaken) {
            throw RucioError.bad("IdentityError", String.valueOf(notTaken.getMessage()));
        }
    }

    private Answer list(RucioCall call) {
        AccountName account = allowed(call, Action.SEE_IDENTITIES);
        List<Mapping> mappings = new ArrayList<>(identities.of(account));
        if (account.equals(Logins.BUILT_IN.account())) {
            mappings.addFirst(Logins.BUILT_IN);
        }
        return Answer.lines(
                mappings,
                (out, mapping) -> out.begin()
                        .put("type", mapping.identity().type())
                        .put("identity", mapping.identity().name())
                        .put("email", mapping.email())
                        .end());
    }

    private Answer remove(RucioCall call) {
        Parameters sent = call.parameters();
        Identity identity = new Identity(type(sent.text("authtype")), sent.text("identity"));
        AccountName account = allowed(call, Action.REMOVE_IDENTITY);
        if (!identities.remove(identity, account)) {
            throw RucioError.notFound(
                    "IdentityError", "Identity ('%s',%s) does not exist!".formatted(identity.name(), identity.type()));
        }
        return Answer.empty();
    }

    private Answer ofQuery(RucioCall call) {
        String identity = call.query().text("identity_key").orElseThrow(() -> missing("identity_key"));
        return ofIdentity(identity, call.query().text("type").orElseThrow(() -> missing("type")));
    }

    private static RucioError missing(String key) {
        return RucioError.bad("KeyError", "'" + key + "' not defined");
    }

    private Answer ofIdentity(String name, String type) {
        Identity identity = new Identity(type(type), name);
        Stream<Mapping> builtIn =
                Stream.of(Logins.BUILT_IN).filter(m -> m.identity().equals(identity));
        List<AccountName> found = Stream.concat(builtIn, identities.of(identity).stream())
                .map(Mapping::account)
                .distinct()
                .sorted()
                .toList();
        return Answer.json(out -> out.value(found));
    }

    private static IdentityType type(String text) {
        return Arrays.stream(IdentityType.values())
                .filter(type -> type.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> RucioError.bad(
                        "ValueError",
                        "'" + text + "' is no type of identity; there are "
                                + String.join(
                                        ", ",
                                        Arrays.stream(IdentityType.values())
                                                .map(Enum::name)
                                                .toList())));
    }
}
