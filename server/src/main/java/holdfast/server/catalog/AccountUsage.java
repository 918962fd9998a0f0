package holdfast.server.catalog;

import holdfast.server.sql.RuleSums;
import holdfast.server.sql.RuleSums.Sum;
import holdfast.server.sql.RuleTables;
import holdfast.server.sql.Words;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an account uses: the sum of what its rules lock. It is added up when somebody asks, so it cannot drift. */
public final class AccountUsage {
    private final AccountLimits limits;
    private final RuleSums sums;
    private final RuleTables rules;

    public AccountUsage(Words words, AccountLimits limits) {
        this.limits = limits;
        this.sums = new RuleSums(words);
        this.rules = new RuleTables(words);
    }

    /** What is locked at one element. */
    public record Used(long files, long bytes) {
        static final Used NOTHING = new Used(0, 0);

        Used plus(Sum sum) {
            return new Used(files + sum.files(), bytes + sum.bytes());
        }
    }

    /** What an account's rules lock, by element. */
    public Map<StorageName, Used> used(Connection connection, AccountName account) throws SQLException {
        Map<StorageName, Used> used = new TreeMap<>();
        for (List<Sum> ofRule :
                sums.of(connection, rules.ofAccount(connection, account)).values()) {
            for (Sum sum : ofRule) {
                used.merge(sum.at(), Used.NOTHING.plus(sum), (a, b) -> new Used(a.files + b.files, a.bytes + b.bytes));
            }
        }
        return used;
    }

    /** What lies locked at one element, by whose rules. */
    public SortedMap<AccountName, Used> at(Connection connection, StorageName element) throws SQLException {
        SortedMap<AccountName, Used> found = new TreeMap<>();
        for (AccountName account : rules.accountsAt(connection, element)) {
            Used used = used(connection, account).getOrDefault(element, Used.NOTHING);
            if (!used.equals(Used.NOTHING)) {
                found.put(account, used);
            }
        }
        return found;
    }

    boolean isLimited(AccountName account) {
        return !limits.isUnlimited(account);
    }

    /** Bytes that an account may lock in addition: the least of what its limits leave. No limit is no room. */
    Map<StorageName, Long> room(Connection connection, AccountName account, Set<StorageName> elements)
            throws SQLException {
        Map<StorageName, Used> used = used(connection, account);
        Map<StorageName, Long> local = limits.local(account);
        Map<StorageName, Long> room = new HashMap<>();
        for (StorageName name : elements) {
            long left = local.getOrDefault(name, 0L)
                    - used.getOrDefault(name, Used.NOTHING).bytes();
            for (AccountLimits.Global global : limits.global(account)) {
                if (global.elements().contains(name)) {
                    long together = global.elements().stream()
                            .mapToLong(n -> used.getOrDefault(n, Used.NOTHING).bytes())
                            .sum();
                    left = Math.min(left, global.bytes() - together);
                }
            }
            room.put(name, left);
        }
        return room;
    }
}
