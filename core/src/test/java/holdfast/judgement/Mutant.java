package holdfast.judgement;

/**
 * One wrong judgement, planted on purpose: a text of one source file replaced by another.
 *
 * @param name what the wrong judgement believes
 */
record Mutant(String name, String file, String right, String wrong) {

    /** The source with the fault in it; the right text must stand there exactly once, or the list here is out of date. */
    String plantIn(String source) {
        int first = source.indexOf(right);
        if (first < 0 || source.indexOf(right, first + 1) >= 0) {
            throw new IllegalStateException("mutant '" + name + "': its text does not stand exactly once in " + file
                    + "; write the mutant anew against the present source");
        }
        return source.replace(right, wrong);
    }

    @Override
    public String toString() {
        return name;
    }
}
