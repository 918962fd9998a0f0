package holdfast.server.adoption;

import holdfast.journal.Journal.Appended;
import holdfast.registry.RegistryFact.DocumentsChanged.Change;
import holdfast.server.adoption.Opening.AccountSaid;
import holdfast.server.adoption.Opening.Left;
import holdfast.server.adoption.Opening.Opened;
import holdfast.server.adoption.Opening.ScopeOpened;
import holdfast.server.adoption.Opening.ScopeSaid;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.catalog.Account;
import holdfast.server.catalog.Accounts;
import holdfast.server.catalog.ScopeModes;
import holdfast.server.catalog.Scopes;
import holdfast.server.clock.HouseClock;
import holdfast.server.identity.Mails;
import holdfast.server.sql.ObservedScopes;
import holdfast.server.sql.Registry;
import holdfast.server.sql.Registry.Documents;
import holdfast.server.sql.Words;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Opens scopes for observation, with the accounts that own what is in them; a scope in use here stays managed. */
public final class AdoptedScopes {
    private static final Actor ADOPTION = new Actor("adoption");
    private static final int UNAVAILABLE = 503;

    private final Desk desk;
    private final AdoptedRses rses;

    /** What it works with. */
    public record Desk(
            Registry registry,
            Words words,
            Accounts accounts,
            Mails mails,
            Scopes scopes,
            ScopeModes modes,
            HouseClock clock) {}

    public AdoptedScopes(Desk desk, AdoptedRses rses) {
        this.desk = desk;
        this.rses = rses;
    }

    /** Opens what can be opened, and says of the rest why not; what is there already is left. */
    public Opened open(Opening opening) {
        List<Left> refused = new ArrayList<>();
        List<AccountSaid> accounts = named(opening.saidAccounts(), refused);
        Turn[] last = new Turn[1];
        Appended appended = desk.registry.changeLooking(ADOPTION, (documents, connection) -> {
            last[0] = new Turn(documents, connection);
            last[0].accounts(accounts);
            last[0].scopes(opening);
            return last[0].changes;
        });
        if (appended instanceof Appended.Unknown unknown) {
            throw RucioError.of(
                    UNAVAILABLE,
                    "DatabaseException",
                    "not known whether this was done: " + unknown.why() + "; send it again");
        }
        Turn turn = last[0];
        turn.added.forEach(this::keepMail);
        refused.addAll(turn.refused);
        return new Opened(
                turn.scopes,
                rses.open(opening.saidRses(), refused),
                new Opening.AccountsOpened(turn.added.size(), accounts.size() - turn.added.size()),
                refused);
    }

    private void keepMail(AccountSaid said) {
        if (said.email() != null && !said.email().isEmpty()) {
            desk.mails.put(new AccountName(said.name()), said.email());
        }
    }

    private static List<AccountSaid> named(List<AccountSaid> said, List<Left> refused) {
        List<AccountSaid> named = new ArrayList<>();
        for (AccountSaid one : said) {
            if (!AccountName.isOne(one.name())) {
                refused.add(new Left("account", one.name(), "no account can be called so"));
            } else if (type(one).isEmpty()) {
                refused.add(new Left("account", one.name(), "its type is USER, GROUP or SERVICE, not " + one.type()));
            } else {
                named.add(one);
            }
        }
        return named;
    }

    private static Optional<Account.Type> type(AccountSaid said) {
        String word =
                said.type() == null ? Account.Type.USER.name() : said.type().toUpperCase(Locale.ROOT);
        return Arrays.stream(Account.Type.values())
                .filter(t -> t.name().equals(word))
                .findFirst();
    }

    /** One try: what is to change, by the documents as they are. */
    private final class Turn {
        private final Documents documents;
        private final Connection connection;
        private final List<Change> changes = new ArrayList<>();
        private final List<AccountSaid> added = new ArrayList<>();
        private final List<ScopeOpened> scopes = new ArrayList<>();
        private final List<Left> refused = new ArrayList<>();

        Turn(Documents documents, Connection connection) {
            this.documents = documents;
            this.connection = connection;
        }

        void accounts(List<AccountSaid> said) {
            for (AccountSaid one : said) {
                desk.accounts
                        .adopted(
                                documents,
                                new AccountName(one.name()),
                                type(one).orElseThrow())
                        .ifPresent(change -> {
                            changes.add(change);
                            added.add(one);
                        });
            }
        }

        void scopes(Opening opening) throws SQLException {
            for (ScopeSaid one : opening.saidScopes()) {
                try {
                    scope(new Scope(one.name()), one, opening.saidSource());
                } catch (BadWord bad) {
                    refused.add(new Left("scope", one.name(), String.valueOf(bad.getMessage())));
                }
            }
        }

        private void scope(Scope scope, ScopeSaid said, String source) throws SQLException {
            if (desk.modes.isObserved(documents, scope)) {
                scopes.add(new ScopeOpened(scope.name(), "OBSERVED", false));
            } else if (ObservedScopes.isInUse(connection, desk.words, scope)) {
                scopes.add(new ScopeOpened(scope.name(), "MANAGED", false));
                refused.add(new Left(
                        "scope",
                        scope.name(),
                        "this house manages it and has files or collections in it; nothing is taken over into it"));
            } else {
                desk.scopes.adopted(documents, scope, owner(scope, said)).ifPresent(changes::add);
                changes.add(desk.modes.observe(scope, new ScopeModes.Observed(source, desk.clock.now())));
                scopes.add(new ScopeOpened(scope.name(), "OBSERVED", true));
            }
        }

        private AccountName owner(Scope scope, ScopeSaid said) {
            String owner = said.owner() == null ? AccountName.ROOT.name() : said.owner();
            boolean known = added.stream().anyMatch(a -> a.name().equals(owner))
                    || (AccountName.isOne(owner)
                            && (owner.equals(AccountName.ROOT.name())
                                    || documents.find("account", owner).isPresent()));
            if (!known) {
                refused.add(new Left("owner", scope + " of " + owner, "there is no such account; root owns the scope"));
            }
            return known ? new AccountName(owner) : AccountName.ROOT;
        }
    }
}
