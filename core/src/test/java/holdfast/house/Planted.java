package holdfast.house;

/**
 * A fault planted in a source on purpose: one text replaced by another.
 *
 * @param name what the faulty house does
 * @param file the source; from where, its user says
 * @param right a text that stands there exactly once
 * @param wrong what stands there instead
 */
public record Planted(String name, String file, String right, String wrong) {

    /**
     * A source with the fault in it.
     *
     * @throws IllegalStateException when the right text does not stand there exactly once: the fault is out of date
     */
    public String in(String source) {
        int first = source.indexOf(right);
        if (first < 0 || source.indexOf(right, first + 1) >= 0) {
            throw new IllegalStateException("fault '" + name + "': its text does not stand exactly once in " + file
                    + "; write the fault anew against the present source");
        }
        return source.replace(right, wrong);
    }

    @Override
    public String toString() {
        return name;
    }
}
