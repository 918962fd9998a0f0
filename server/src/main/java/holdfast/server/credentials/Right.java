package holdfast.server.credentials;

/** What a token allows, by the capabilities of the WLCG Common JWT Profile (1.0, section 3.2.1). */
public enum Right {
    READ("storage.read"),
    /** To write what is not there yet. */
    CREATE("storage.create"),
    /** To change, move and remove. */
    MODIFY("storage.modify"),
    /** To bring online from tape, and to read. */
    STAGE("storage.stage");

    private final String capability;

    Right(String capability) {
        this.capability = capability;
    }

    /** The scope of a token for one path, absolute within the issuer's base: {@code storage.read:/data/f}. */
    public String on(String path) {
        return capability + ":" + path;
    }
}
