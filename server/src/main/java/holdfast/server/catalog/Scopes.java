package holdfast.server.catalog;

import holdfast.access.Subject.Place;
import holdfast.registry.RegistryFact.DocumentsChanged.Change;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.ObservedScopes;
import holdfast.server.sql.Registry;
import holdfast.server.sql.Registry.Documents;
import holdfast.server.sql.ScopesInUse;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.Visible;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Scopes and whose they are. A scope in which there is data, though nobody added it, belongs to root. */
public final class Scopes {
    private final HouseClock clock;
    private final Accounts accounts;
    private final Shelf<Owned> scopes;
    private final ScopesInUse inUse;

    record Owned(String account, Instant created, Instant updated) {}

    public Scopes(ScopesInUse inUse, Registry registry, HouseClock clock, Accounts accounts) {
        this.inUse = inUse;
        this.clock = clock;
        this.accounts = accounts;
        this.scopes = new Shelf<>(registry, "scope", Owned.class);
    }

    /** Empty where there is no such scope, or it is hidden. */
    public Optional<AccountName> findOwner(Scope scope, Visible sees) {
        return sees.allows(scope) ? owner(scope) : Optional.empty();
    }

    private Optional<AccountName> owner(Scope scope) {
        return scopes.find(scope.name())
                .map(owned -> new AccountName(owned.account()))
                .or(() -> inUse.has(scope) ? Optional.of(AccountName.ROOT) : Optional.empty());
    }

    /** 404 ScopeNotFound where there is no such scope. */
    public AccountName ownerOf(Scope scope, Visible sees) {
        return findOwner(scope, sees).orElseThrow(Scopes::notFound);
    }

    public boolean exists(Scope scope, Visible sees) {
        return findOwner(scope, sees).isPresent();
    }

    static RucioError notFound() {
        return RucioError.notFound("ScopeNotFound", "Scope not found!");
    }

    /** Where a DID stands, for a permission; 404 ScopeNotFound where its scope is not there. */
    public Place place(DataId did, Visible sees) {
        return new Place(did.scope(), ownerOf(did.scope(), sees), did.name());
    }

    /** Owners by scope, in order. */
    public NavigableMap<Scope, AccountName> all(Visible sees) {
        NavigableMap<Scope, AccountName> all = new TreeMap<>();
        inUse.all().forEach(scope -> all.put(scope, AccountName.ROOT));
        scopes.all().forEach((name, owned) -> all.put(new Scope(name), new AccountName(owned.account())));
        if (!sees.isWhole()) {
            all.keySet().removeIf(scope -> !sees.allows(scope));
        }
        return all;
    }

    public List<Scope> of(AccountName account, Visible sees) {
        return all(sees).entrySet().stream()
                .filter(entry -> entry.getValue().equals(account))
                .map(NavigableMap.Entry::getKey)
                .toList();
    }

    /**
     * 409 Duplicate where there is such a scope; 404 AccountNotFound where there is no such owner; 401 AccessDenied where
     * they may not know whether there is such a scope.
     */
    public void add(Writer who, Scope scope, AccountName owner) {
        if (!who.sees().allows(scope)) {
            throw RucioError.denied("account %s may not add scope %s: what is in it would not be for that account"
                    .formatted(who.account(), scope));
        }
        boolean inUseAlready = inUse.has(scope);
        Instant now = clock.now();
        scopes.change(who.account(), documents -> {
            accounts.account(documents, owner);
            if (inUseAlready || scopes.find(documents, scope.name()).isPresent()) {
                throw RucioError.conflict("Duplicate", "Scope '" + scope + "' already exists!");
            }
            return List.of(scopes.put(scope.name(), new Owned(owner.name(), now, now)));
        });
    }

    /** What makes a scope of another server one of this; empty where it is there, whoever owns it. */
    public Optional<Change> adopted(Documents documents, Scope scope, AccountName owner) {
        Instant now = clock.now();
        return scopes.find(documents, scope.name()).isPresent()
                ? Optional.empty()
                : Optional.of(scopes.put(scope.name(), new Owned(owner.name(), now, now)));
    }

    /** Gives a scope to another account. */
    public void give(Writer who, Scope scope, AccountName owner) {
        who.mustKnow(scope);
        boolean inUseAlready = inUse.has(scope);
        Instant now = clock.now();
        scopes.change(who.account(), documents -> {
            accounts.account(documents, owner);
            if (documents.find(ObservedScopes.KIND, scope.name()).isPresent()) {
                throw ScopeModes.refused(scope);
            }
            Optional<Owned> old = scopes.find(documents, scope.name());
            if (old.isEmpty() && !inUseAlready) {
                throw notFound();
            }
            return List.of(scopes.put(
                    scope.name(),
                    new Owned(owner.name(), old.map(Owned::created).orElse(now), now)));
        });
    }

    /** A text as a scope; 404 ScopeNotFound where it cannot be one. */
    public static Scope scope(String text) {
        try {
            return new Scope(text);
        } catch (BadWord bad) {
            throw notFound();
        }
    }
}
