package holdfast.server.catalog;

import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.StorageName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What the rules ask about accounts. */
public interface AccountLimits {
    /** Whether an account may lock without limit. */
    boolean isUnlimited(AccountName account);

    /** Bytes that an account may lock at each element; an element without a limit is not named and gives no room. */
    Map<StorageName, Long> local(AccountName account);

    /** Bytes that an account may lock at the elements of one expression together. */
    record Global(String expression, Set<StorageName> elements, long bytes) {}

    List<Global> global(AccountName account);

    /** No limits are known: who is not unlimited has no room. */
    static AccountLimits none(Predicate<AccountName> unlimited) {
        return new AccountLimits() {
            @Override
            public boolean isUnlimited(AccountName account) {
                return unlimited.test(account);
            }

            @Override
            public Map<StorageName, Long> local(AccountName account) {
                return Map.of();
            }

            @Override
            public List<Global> global(AccountName account) {
                return List.of();
            }
        };
    }
}
