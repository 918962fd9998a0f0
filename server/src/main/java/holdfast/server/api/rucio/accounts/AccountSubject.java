package holdfast.server.api.rucio.accounts;

import holdfast.access.Action;
import holdfast.access.Subject;
import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.Dates;
import holdfast.server.api.rucio.wire.JsonOut;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.catalog.Account;
import holdfast.server.catalog.Account.Status;
import holdfast.server.catalog.Account.Type;
import holdfast.server.catalog.Accounts;
import holdfast.server.catalog.Permissions;
import holdfast.server.identity.Identities;
import holdfast.server.identity.LoginTokens;
import holdfast.server.identity.Mails;
import holdfast.vocabulary.AccountName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Accounts and their attributes. */
public final class AccountSubject implements holdfast.server.api.rucio.wire.Subject {
    private static final int LONGEST_VALUE = 4_000;

    private final Accounts accounts;
    private final Permissions permissions;
    private final Keepers keepers;

    /** Who keeps what of an account can be erased. */
    public record Keepers(Identities identities, Mails mails, LoginTokens tokens) {}

    public AccountSubject(Accounts accounts, Permissions permissions, Keepers keepers) {
        this.accounts = accounts;
        this.permissions = permissions;
        this.keepers = keepers;
    }

    @Override
    public void contribute(RouteBook book) {
        book.supports("GET /accounts/{account}", this::show)
                .supports("POST /accounts/{account}", this::add)
                .differs(
                        "PUT /accounts/{account}",
                        "an account that is suspended loses its tokens at once; root cannot be suspended",
                        this::update)
                .differs(
                        "DELETE /accounts/{account}",
                        "its tokens end and its mail is erased at once; root cannot be deleted",
                        this::delete)
                .supports("GET /accounts/", this::list)
                .supports("GET /accounts/{account}/attr/", this::attributes)
                .supports("POST /accounts/{account}/attr/{key}", this::addAttribute)
                .supports("DELETE /accounts/{account}/attr/{key}", this::dropAttribute);
    }

    private Answer show(RucioCall call) {
        Account account = accounts.known(Accounts.name(call.path("account")));
        Optional<String> mail = keepers.mails().of(account.name());
        Account.Times times = account.times();
        return Answer.json(out -> out.begin()
                .put("account", account.name())
                .put("account_type", account.type())
                .put("status", account.status())
                .put("email", mail)
                .put("suspended_at", times.suspended().map(Dates::iso))
                .put("deleted_at", times.deleted().map(Dates::iso))
                .put("created_at", Dates.iso(times.created()))
                .put("updated_at", Dates.iso(times.updated()))
                .end());
    }

    private Answer add(RucioCall call) {
        Parameters sent = call.parameters();
        Type type = type(sent.text("type"));
        Optional<String> mail = sent.maybeText("email");
        permissions.require(call.account(), Action.ADD_ACCOUNT);
        accounts.add(call.account(), call.path("account"), type);
        mail.filter(text -> !text.isEmpty())
                .ifPresent(text -> keepers.mails().put(new AccountName(call.path("account")), text));
        return Answer.created();
    }

    private static Type type(String text) {
        return Arrays.stream(Type.values())
                .filter(type -> type.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> RucioError.bad(
                        "InvalidAccountType", "'" + text + "' is no account type; there are USER, GROUP and SERVICE"));
    }

    private Answer update(RucioCall call) {
        Parameters sent = call.parameters();
        for (String key : sent.keys()) {
            if (!key.equals("status") && !key.equals("email")) {
                throw RucioError.bad("ValueError", "Failed to update unknown attribute '" + key + "'");
            }
        }
        permissions.require(call.account(), Action.UPDATE_ACCOUNT);
        AccountName name = accounts.account(call.path("account")).name();
        Optional<Status> status = sent.maybeText("status").map(AccountSubject::status);
        Optional<String> mail = sent.maybeText("email");
        status.ifPresent(next -> become(call, name, next));
        if (sent.has("email")) {
            keepers.mails().put(name, mail.orElse(""));
        }
        return Answer.empty();
    }

    private static Status status(String text) {
        return Arrays.stream(Status.values())
                .filter(status -> status.name().equals(text))
                .findFirst()
                .orElseThrow(() -> RucioError.bad(
                        "ValueError", "'" + text + "' is no status; there are ACTIVE, SUSPENDED and DELETED"));
    }

    private Answer delete(RucioCall call) {
        permissions.require(call.account(), Action.DELETE_ACCOUNT);
        become(call, accounts.account(call.path("account")).name(), Status.DELETED);
        return Answer.empty();
    }

    private void become(RucioCall call, AccountName name, Status status) {
        accounts.become(call.account(), name, status);
        if (status != Status.ACTIVE) {
            keepers.tokens().endAll(name);
        }
        if (status == Status.DELETED) {
            keepers.mails().put(name, "");
        }
    }

    private Answer list(RucioCall call) {
        Map<AccountName, String> mails = keepers.mails().all();
        List<Account> found = accounts.all().stream()
                .filter(account -> call.query().keys().stream().allMatch(key -> fits(call, account, key)))
                .toList();
        return Answer.lines(
                found,
                (out, account) -> out.begin()
                        .put("account", account.name())
                        .put("type", account.type())
                        .put("email", mails.get(account.name()))
                        .end());
    }

    /** A filter is a part of the account, an identity, or an attribute. */
    private boolean fits(RucioCall call, Account account, String key) {
        String wanted = call.query().text(key).orElse("");
        return switch (key) {
            case "account" -> account.name().name().matches(pattern(wanted));
            case "account_type" -> account.type().name().equals(wanted.toUpperCase(Locale.ROOT));
            case "status" -> account.status().name().equals(wanted.toUpperCase(Locale.ROOT));
            case "identity" ->
                keepers.identities().of(account.name()).stream()
                        .anyMatch(mapping -> mapping.identity().name().equals(wanted));
            default ->
                wanted.equalsIgnoreCase(accounts.attributes(account.name()).get(key));
        };
    }

    /** A star stands for any characters. */
    private static String pattern(String wanted) {
        return "\\Q" + wanted.replace("\\E", "").replace("*", "\\E.*\\Q") + "\\E";
    }

    private Answer attributes(RucioCall call) {
        AccountName name = accounts.account(call.path("account")).name();
        return Answer.json(out -> {
            out.beginList();
            accounts.attributes(name).forEach((key, value) -> attribute(out, key, value));
            out.endList();
        });
    }

    private static void attribute(JsonOut out, String key, String value) {
        out.begin().put("key", key);
        switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> out.put("value", true);
            case "false" -> out.put("value", false);
            default -> out.put("value", value);
        }
        out.end();
    }

    private Answer addAttribute(RucioCall call) {
        JsonNode value = call.parameters().mustNode("value");
        String text = value.isString() ? value.stringValue() : value.toString();
        if (text.length() > LONGEST_VALUE) {
            throw RucioError.invalid("an attribute's value has at most " + LONGEST_VALUE + " characters");
        }
        permissions.require(call.account(), Action.SET_ACCOUNT_ATTRIBUTE, subject(call));
        accounts.addAttribute(call.account(), Accounts.name(call.path("account")), call.path("key"), text);
        return Answer.created();
    }

    private Answer dropAttribute(RucioCall call) {
        permissions.require(call.account(), Action.SET_ACCOUNT_ATTRIBUTE, subject(call));
        accounts.dropAttribute(call.account(), Accounts.name(call.path("account")), call.path("key"));
        return Answer.empty();
    }

    private static Subject subject(RucioCall call) {
        return Subject.account(Accounts.name(call.path("account")));
    }
}
