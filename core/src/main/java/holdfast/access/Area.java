package holdfast.access;

/** What actions are about; a role of the policy is given for whole areas. */
public enum Area {
    ACCOUNTS,
    IDENTITIES,
    SCOPES,
    STORAGE,
    DIDS,
    RULES,
    REPLICAS,
    SUBSCRIPTIONS,
    REQUESTS,
    LIFETIMES,
    SETTINGS
}
