package holdfast.access;

/** What actions are about; a role of the policy is given for whole areas. */
public enum Area {
    ACCOUNTS,
    IDENTITIES,
    QUOTAS,
    SCOPES,
    STORAGE,
    DIDS,
    RULES,
    REPLICAS,
    SUBSCRIPTIONS,
    REQUESTS,
    LIFETIMES,
    SETTINGS;

    /** Whether a role may open it: who may change accounts could make administrators, and so is one. */
    public boolean isForRoles() {
        return this != ACCOUNTS && this != IDENTITIES;
    }
}
