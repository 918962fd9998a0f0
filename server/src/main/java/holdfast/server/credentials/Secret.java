package holdfast.server.credentials;

/** Something that must not be seen: its text form does not show it. */
public record Secret(String reveal) {
    @Override
    public String toString() {
        return "(secret)";
    }
}
