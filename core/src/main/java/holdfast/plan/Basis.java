package holdfast.plan;

/** Where an obligation comes from; pages say which, since a missed setting of ours does not break the plan's words. */
public enum Basis {
    /** The plan's own words. */
    PLAN,
    /** A reading of ambiguous words, with its number. */
    READING,
    /** A setting of the operator. */
    OUR_SETTING
}
