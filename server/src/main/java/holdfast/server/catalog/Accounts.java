package holdfast.server.catalog;

import holdfast.access.Asker;
import holdfast.registry.RegistryFact.DocumentsChanged.Change;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.catalog.Account.Status;
import holdfast.server.catalog.Account.Times;
import holdfast.server.catalog.Account.Type;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Registry;
import holdfast.server.sql.Registry.Documents;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.BadWord;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Accounts and their attributes. The account root exists by itself, from the first start on. */
public final class Accounts {
    /** The field's generic form of new accounts' names; in it no account is called like a command-line option. */
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_-]{0,24}");

    private final Registry registry;
    private final HouseClock clock;
    private final Instant founded;
    private final Shelf<Kept> accounts;
    private final Shelf<Value> attributes;

    record Kept(Type type, Status status, Times times) {
        Account of(AccountName name) {
            return new Account(name, type, status, times);
        }
    }

    record Value(String value) {}

    /** @param founded when the house began, which is when the account root did */
    public Accounts(Registry registry, HouseClock clock, Instant founded) {
        this.registry = registry;
        this.clock = clock;
        this.founded = founded;
        this.accounts = new Shelf<>(registry, "account", Kept.class);
        this.attributes = new Shelf<>(registry, "account-attribute", Value.class);
    }

    /** An account, be it deleted. */
    public Optional<Account> find(AccountName name) {
        return find(registry.documents(), name);
    }

    private Optional<Account> find(Documents documents, AccountName name) {
        return accounts.find(documents, name.name()).map(kept -> kept.of(name)).or(() -> root(name));
    }

    private Optional<Account> root(AccountName name) {
        Times times = new Times(founded, founded, Optional.empty(), Optional.empty());
        return name.equals(AccountName.ROOT)
                ? Optional.of(new Account(name, Type.SERVICE, Status.ACTIVE, times))
                : Optional.empty();
    }

    /** Whether there is such an account that is not deleted. */
    public boolean exists(AccountName name) {
        return find(name).filter(account -> account.status() != Status.DELETED).isPresent();
    }

    /** Whether an account may act. */
    public boolean isActive(AccountName name) {
        return find(name).filter(Account::isActive).isPresent();
    }

    /** An account, be it deleted; 404 AccountNotFound where there never was one. */
    public Account known(AccountName name) {
        return find(name).orElseThrow(() -> notFound(name.name()));
    }

    /** An account that is there and not deleted; 404 AccountNotFound otherwise. */
    public Account account(AccountName name) {
        return account(registry.documents(), name);
    }

    Account account(Documents documents, AccountName name) {
        return find(documents, name)
                .filter(account -> account.status() != Status.DELETED)
                .orElseThrow(() -> notFound(name.name()));
    }

    /** The same by its text, which need not be a name. */
    public Account account(String name) {
        return account(name(name));
    }

    /** A text as an account's name; 404 AccountNotFound where it cannot be one. */
    public static AccountName name(String text) {
        try {
            return new AccountName(text);
        } catch (BadWord bad) {
            throw notFound(text);
        }
    }

    private static RucioError notFound(String name) {
        return RucioError.notFound("AccountNotFound", "Account with ID '" + name + "' cannot be found");
    }

    /** Those that are not deleted, by name. */
    public List<Account> all() {
        NavigableMap<AccountName, Account> found = new TreeMap<>();
        root(AccountName.ROOT).ifPresent(root -> found.put(root.name(), root));
        accounts.all().forEach((key, kept) -> {
            AccountName name = new AccountName(key);
            found.put(name, kept.of(name));
        });
        return found.values().stream()
                .filter(account -> account.status() != Status.DELETED)
                .toList();
    }

    /** An account's attributes, by key. */
    public SortedMap<String, String> attributes(AccountName name) {
        SortedMap<String, String> values = new TreeMap<>();
        attributes.under(name + "/").forEach((key, value) -> values.put(key, value.value()));
        return values;
    }

    /** Who asks, for a permission. */
    public Asker asker(AccountName name) {
        return new Asker(name, attributes(name));
    }

    public boolean isAdmin(AccountName name) {
        return asker(name).isAdministrator();
    }

    /** 409 Duplicate where the name was ever an account's; 400 InvalidObject where it cannot be one. */
    public void add(AccountName who, String name, Type type) {
        if (!FORM.matcher(name).matches()) {
            throw RucioError.invalid("Problem validating account: '" + name
                    + "' has not 1 to 25 characters of a-z, 0-9, '_' or '-', the first a letter or digit");
        }
        AccountName added = new AccountName(name);
        Instant now = clock.now();
        accounts.change(who, documents -> {
            if (find(documents, added).isPresent()) {
                throw RucioError.conflict("Duplicate", "Account ID '" + name + "' already exists!");
            }
            Times times = new Times(now, now, Optional.empty(), Optional.empty());
            return List.of(accounts.put(name, new Kept(type, Status.ACTIVE, times)));
        });
    }

    /** What makes an account of another server one of this; empty where the name was ever an account's. */
    public Optional<Change> adopted(Documents documents, AccountName name, Type type) {
        if (find(documents, name).isPresent()) {
            return Optional.empty();
        }
        Instant now = clock.now();
        Times times = new Times(now, now, Optional.empty(), Optional.empty());
        return Optional.of(accounts.put(name.name(), new Kept(type, Status.ACTIVE, times)));
    }

    /** Root stays as it is: without it nobody could come in. */
    public void become(AccountName who, AccountName name, Status status) {
        if (name.equals(AccountName.ROOT) && status != Status.ACTIVE) {
            throw RucioError.conflict("UnsupportedOperation", "the account root can be neither suspended nor deleted");
        }
        Instant now = clock.now();
        accounts.change(who, documents -> {
            Account old = account(documents, name);
            if (old.status() == status) {
                return List.of();
            }
            Times times = new Times(
                    old.times().created(),
                    now,
                    status == Status.SUSPENDED ? Optional.of(now) : Optional.empty(),
                    status == Status.DELETED ? Optional.of(now) : Optional.empty());
            return List.of(accounts.put(name.name(), new Kept(old.type(), status, times)));
        });
    }

    /** 409 Duplicate where it has the attribute. */
    public void addAttribute(AccountName who, AccountName name, String key, String value) {
        accounts.change(who, documents -> {
            account(documents, name);
            if (attributes.find(documents, name + "/" + key).isPresent()) {
                throw RucioError.conflict("Duplicate", "Key " + key + " already exist for account " + name + "!");
            }
            return List.of(attributes.put(name + "/" + key, new Value(value)));
        });
    }

    /** 404 AccountNotFound where it has not the attribute, as the field's server says it. */
    public void dropAttribute(AccountName who, AccountName name, String key) {
        accounts.change(who, documents -> {
            account(documents, name);
            if (attributes.find(documents, name + "/" + key).isEmpty()) {
                throw RucioError.notFound("AccountNotFound", "Attribute " + key + " of account " + name + " not found");
            }
            return List.of(attributes.drop(name + "/" + key));
        });
    }
}
