package holdfast.server.catalog;

import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.sql.Registry;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.StorageName;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many bytes an account's rules may lock: at single elements, and at the elements of an expression together. Where
 * there is no limit there is no room; administrators have no limits.
 */
public final class Limits implements AccountLimits {
    /** As much as there is. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** How clients write that. */
    public static final long NO_LIMIT = -1;

    private final Accounts accounts;
    private final Rses rses;
    private final Shelf<Bytes> local;
    private final Shelf<Bytes> global;

    record Bytes(long bytes) {
        private long room() {
            return bytes == NO_LIMIT ? UNLIMITED : bytes;
        }
    }

    public Limits(Registry registry, Accounts accounts, Rses rses) {
        this.accounts = accounts;
        this.rses = rses;
        this.local = new Shelf<>(registry, "account-limit", Bytes.class);
        this.global = new Shelf<>(registry, "account-limit-global", Bytes.class);
    }

    @Override
    public boolean isUnlimited(AccountName account) {
        return accounts.isAdmin(account);
    }

    /** {@link #UNLIMITED} may be among them. Elements that are no more are left out. */
    @Override
    public SortedMap<StorageName, Long> local(AccountName account) {
        SortedMap<StorageName, Long> limits = new TreeMap<>();
        local.under(account + "/").forEach((name, limit) -> {
            StorageName element = new StorageName(name);
            if (rses.maybe(element).isPresent()) {
                limits.put(element, limit.room());
            }
        });
        return limits;
    }

    @Override
    public List<Global> global(AccountName account) {
        return byExpression(account).entrySet().stream()
                .map(limit -> new Global(limit.getKey(), elements(limit.getKey()), limit.getValue()))
                .toList();
    }

    /** An expression that named elements when the limit was set may name none today. */
    private Set<StorageName> elements(String expression) {
        try {
            return rses.matching(expression).stream().map(Rse::name).collect(Collectors.toUnmodifiableSet());
        } catch (RucioError noneLeft) {
            return Set.of();
        }
    }

    /** Limits by expression; {@link #UNLIMITED} is one. */
    public SortedMap<String, Long> byExpression(AccountName account) {
        SortedMap<String, Long> limits = new TreeMap<>();
        global.under(account + "/").forEach((expression, limit) -> limits.put(expression, limit.room()));
        return limits;
    }

    /** Sets a limit at an element; 404 where there is no such account or element. */
    public void put(AccountName who, AccountName account, String element, long bytes) {
        Rse rse = rses.find(element);
        put(who, account, local, rse.name().name(), bytes);
    }

    /** Sets a limit at the elements of an expression; 400 where it names none. */
    public void putGlobal(AccountName who, AccountName account, String expression, long bytes) {
        rses.matching(expression);
        put(who, account, global, expression, bytes);
    }

    private void put(AccountName who, AccountName account, Shelf<Bytes> shelf, String key, long bytes) {
        if (bytes < NO_LIMIT) {
            throw RucioError.invalid("a limit is a number of bytes, or -1 for none, not " + bytes);
        }
        shelf.change(who, documents -> {
            accounts.account(documents, account);
            return List.of(shelf.put(account + "/" + key, new Bytes(bytes)));
        });
    }

    /** Takes a limit at an element away; nothing happens where there is none. */
    public void drop(AccountName who, AccountName account, String element) {
        drop(who, account, local, rses.find(element).name().name());
    }

    public void dropGlobal(AccountName who, AccountName account, String expression) {
        drop(who, account, global, expression);
    }

    private void drop(AccountName who, AccountName account, Shelf<Bytes> shelf, String key) {
        shelf.change(who, documents -> {
            accounts.account(documents, account);
            return shelf.find(documents, account + "/" + key).isPresent()
                    ? List.of(shelf.drop(account + "/" + key))
                    : List.of();
        });
    }
}
