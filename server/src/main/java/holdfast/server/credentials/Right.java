package holdfast.server.credentials;

import holdfast.server.drivers.http.Percent;

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

    /**
     * The scope of a token for one path, absolute within the issuer's base: {@code storage.read:/data/f}. Servers differ in whether
     * they decode it, and a space would end it; so a name with other than plain letters gets the right on the folder above it.
     */
    public String on(String path) {
        StringBuilder plain = new StringBuilder();
        for (String segment : path.split("/")) {
            if (!Percent.encoded(segment).equals(segment)) {
                break;
            }
            plain.append(segment.isEmpty() ? "" : "/").append(segment);
        }
        return capability + ":" + (plain.isEmpty() ? "/" : plain);
    }
}
