package holdfast.evidence;

/** A kind of fact in one of its versions, as the journal spells both. */
public record FactKind(String name, int version) {
    @Override
    public String toString() {
        return name + " version " + version;
    }
}
