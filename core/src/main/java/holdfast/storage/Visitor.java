package holdfast.storage;

/** Who knocks at an element's door although the plan lets only members in. */
public enum Visitor {
    /** Nobody: no token, no certificate. */
    ANONYMOUS("somebody without a name"),
    /** Somebody whom the element knows, and who is no member. */
    STRANGER("somebody who is no member");

    private final String words;

    Visitor(String words) {
        this.words = words;
    }

    /** Who it is, for people. */
    public String words() {
        return words;
    }
}
