package holdfast.formats.rucio;

import holdfast.vocabulary.CodePoints;

/** A name as an existing Rucio has it, which may be no name that Holdfast allows. */
public record RucioDid(String scope, String name) implements Comparable<RucioDid> {

    /** By scope, then by name, in the order of code points. */
    @Override
    public int compareTo(RucioDid other) {
        int byScope = CodePoints.compare(scope, other.scope);
        return byScope != 0 ? byScope : CodePoints.compare(name, other.name);
    }

    @Override
    public String toString() {
        return scope + ":" + name;
    }
}
