package holdfast.server.catalog;

import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.StorageName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the rules ask about accounts. */
public interface AccountLimits {
    /** Whether an account may lock without limit. */
    boolean isUnlimited(AccountName account);

    /** Bytes that an account may lock at each element; an element without a limit is not named and gives no room. */
    Map<StorageName, Long> local(AccountName account);

    /** Bytes that an account may lock at the elements of one expression together. */
    record Global(String expression, Set<StorageName> elements, long bytes) {}

    List<Global> global(AccountName account);
}
