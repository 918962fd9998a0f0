package holdfast.access;

/** Whom an action is open to beside administrators and the roles of its area. */
public enum Grant {
    /** Nobody else. */
    ADMINISTRATORS,
    /** The account that it is about. */
    THE_ACCOUNT,
    /** The owner of the scope, and everybody where the policy opens the scope or the name. */
    SCOPE_OWNER,
    /** The account for which a rule is made, in scopes that are not restricted, when the rule is not to be locked. */
    RULE_MAKER,
    /** The account that holds the rule, and those whom its elements name as {@code rule_deleters}. */
    RULE_HOLDER,
    /** Everybody at elements that the policy opens, and the people of a country at elements of that country. */
    STORAGE_USER,
    /** Everybody with an account. */
    EVERYBODY,
    /** Nobody at all, administrators included. */
    NOBODY
}
