package holdfast.access;

import holdfast.vocabulary.AccountName;
import java.util.Map;

/**
 * Who asks.
 *
 * @param attributes of the account, as texts
 */
public record Asker(AccountName account, Map<String, String> attributes) {
    private static final String TRUE = "true";

    public Asker {
        attributes = Map.copyOf(attributes);
    }

    /** Whether an attribute is there with the value true. */
    public boolean has(String attribute) {
        return TRUE.equalsIgnoreCase(attributes.get(attribute));
    }

    /** The account root, or one with the attribute admin. */
    public boolean isAdministrator() {
        return account.equals(AccountName.ROOT) || has(AccessPolicy.ADMIN);
    }
}
