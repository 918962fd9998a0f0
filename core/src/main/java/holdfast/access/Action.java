package holdfast.access;

/** What may be done in the catalogue, in words that continue "account x may not ...". Reading the catalogue needs no permission; the bytes of files do. */
public enum Action {
    ADD_ACCOUNT(Area.ACCOUNTS, Grant.ADMINISTRATORS, "add an account"),
    UPDATE_ACCOUNT(Area.ACCOUNTS, Grant.ADMINISTRATORS, "change an account"),
    DELETE_ACCOUNT(Area.ACCOUNTS, Grant.ADMINISTRATORS, "delete an account"),
    SET_ACCOUNT_ATTRIBUTE(Area.ACCOUNTS, Grant.ADMINISTRATORS, "change an account's attributes"),
    SET_ACCOUNT_LIMIT(Area.QUOTAS, Grant.ADMINISTRATORS, "change an account's limits"),
    SEE_ACCOUNT_USAGE(Area.QUOTAS, Grant.THE_ACCOUNT, "see an account's usage"),
    ADD_IDENTITY(Area.IDENTITIES, Grant.ADMINISTRATORS, "let an identity act for an account"),
    REMOVE_IDENTITY(Area.IDENTITIES, Grant.ADMINISTRATORS, "end an identity's acting for an account"),
    SEE_IDENTITIES(Area.IDENTITIES, Grant.THE_ACCOUNT, "see an account's identities"),
    ADD_SCOPE(Area.SCOPES, Grant.ADMINISTRATORS, "add a scope"),
    UPDATE_SCOPE(Area.SCOPES, Grant.ADMINISTRATORS, "give a scope to another account"),

    ADD_RSE(Area.STORAGE, Grant.ADMINISTRATORS, "add an RSE"),
    UPDATE_RSE(Area.STORAGE, Grant.ADMINISTRATORS, "change an RSE"),
    DELETE_RSE(Area.STORAGE, Grant.ADMINISTRATORS, "delete an RSE"),
    SET_RSE_ATTRIBUTE(Area.STORAGE, Grant.ADMINISTRATORS, "change an RSE's attributes"),
    SET_RSE_PROTOCOL(Area.STORAGE, Grant.ADMINISTRATORS, "change an RSE's protocols"),
    SET_RSE_LIMIT(Area.STORAGE, Grant.ADMINISTRATORS, "change an RSE's limits"),
    SET_RSE_USAGE(Area.STORAGE, Grant.ADMINISTRATORS, "state an RSE's usage"),
    SET_DISTANCE(Area.STORAGE, Grant.ADMINISTRATORS, "change a distance"),
    SET_QOS_POLICY(Area.STORAGE, Grant.ADMINISTRATORS, "change an RSE's QoS policies"),
    IMPORT(Area.STORAGE, Grant.ADMINISTRATORS, "import data"),
    EXPORT(Area.STORAGE, Grant.ADMINISTRATORS, "export data"),

    ADD_DID(Area.DIDS, Grant.SCOPE_OWNER, "add a DID"),
    ATTACH_DIDS(Area.DIDS, Grant.SCOPE_OWNER, "attach DIDs"),
    DETACH_DIDS(Area.DIDS, Grant.SCOPE_OWNER, "detach DIDs"),
    SET_METADATA(Area.DIDS, Grant.SCOPE_OWNER, "change metadata"),
    CLOSE_DID(Area.DIDS, Grant.SCOPE_OWNER, "change a DID's status"),
    REOPEN_DID(Area.DIDS, Grant.ADMINISTRATORS, "open a closed DID again"),
    SAMPLE_DID(Area.DIDS, Grant.SCOPE_OWNER, "take a sample of a DID"),
    RESURRECT_DID(Area.DIDS, Grant.ADMINISTRATORS, "bring back a DID"),
    ADD_META_CONVENTION(Area.DIDS, Grant.ADMINISTRATORS, "add a metadata convention"),
    CHANGE_OPENDATA(Area.DIDS, Grant.ADMINISTRATORS, "change the list of open data"),
    SEE_OPENDATA(Area.DIDS, Grant.ADMINISTRATORS, "see open data that is not public yet"),

    ADD_RULE(Area.RULES, Grant.RULE_MAKER, "add a rule"),
    UPDATE_RULE(Area.RULES, Grant.RULE_HOLDER, "change a rule"),
    DELETE_RULE(Area.RULES, Grant.RULE_HOLDER, "delete a rule"),
    MOVE_RULE(Area.RULES, Grant.RULE_HOLDER, "move a rule"),
    REDUCE_RULE(Area.RULES, Grant.RULE_HOLDER, "reduce a rule"),
    APPROVE_RULE(Area.RULES, Grant.ADMINISTRATORS, "approve or deny a rule"),

    ADD_REPLICAS(Area.REPLICAS, Grant.STORAGE_USER, "add replicas"),
    UPDATE_REPLICAS(Area.REPLICAS, Grant.STORAGE_USER, "change the states of replicas"),
    SKIP_AVAILABILITY_CHECK(Area.REPLICAS, Grant.ADMINISTRATORS, "ignore that an RSE is not available"),
    DELETE_REPLICAS(Area.REPLICAS, Grant.NOBODY, "delete replicas: rules end, and what nothing needs is released"),
    READ_BYTES(Area.REPLICAS, Grant.ADMINISTRATORS, "read the bytes of files through the server"),
    SET_TOMBSTONE(Area.REPLICAS, Grant.ADMINISTRATORS, "set a tombstone"),
    DECLARE_BAD(Area.REPLICAS, Grant.ADMINISTRATORS, "declare replicas bad"),
    DECLARE_SUSPICIOUS(Area.REPLICAS, Grant.EVERYBODY, "declare replicas suspicious"),
    QUARANTINE_REPLICAS(Area.REPLICAS, Grant.ADMINISTRATORS, "put replicas into quarantine"),
    ADD_FILES_OF_PRODUCTION(Area.REPLICAS, Grant.STORAGE_USER, "add files with their replicas, rules and parents"),

    ADD_SUBSCRIPTION(Area.SUBSCRIPTIONS, Grant.ADMINISTRATORS, "add a subscription"),
    UPDATE_SUBSCRIPTION(Area.SUBSCRIPTIONS, Grant.ADMINISTRATORS, "change a subscription"),
    CHANGE_REQUESTS(Area.REQUESTS, Grant.ADMINISTRATORS, "change requests"),
    SET_TRANSFER_LIMIT(Area.REQUESTS, Grant.ADMINISTRATORS, "change transfer limits"),
    ADD_LIFETIME_EXCEPTION(Area.LIFETIMES, Grant.EVERYBODY, "ask for a lifetime exception"),
    UPDATE_LIFETIME_EXCEPTION(Area.LIFETIMES, Grant.ADMINISTRATORS, "decide on a lifetime exception"),
    CHANGE_CONFIG(Area.SETTINGS, Grant.ADMINISTRATORS, "change the configuration"),
    SEE_CONFIG(Area.SETTINGS, Grant.ADMINISTRATORS, "see the configuration");

    private final Area area;
    private final Grant grant;
    private final String words;

    Action(Area area, Grant grant, String words) {
        this.area = area;
        this.grant = grant;
        this.words = words;
    }

    public Area area() {
        return area;
    }

    public Grant grant() {
        return grant;
    }

    /** Such as "add a rule". */
    public String words() {
        return words;
    }
}
