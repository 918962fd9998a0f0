package holdfast.cli.adopt;

import java.util.List;

/**
 * What a listing both ways shows of a scope's files.
 *
 * @param different files of the same name with other bytes, digests or copies
 * @param copiesOnlyThere copies of files that both sides have, at elements that only the other side names; likewise here
 * @param digest SHA-256 of the comparison's canonical text, which holds the digests of both listings
 */
public record Compared(
        String scope,
        long equal,
        long onlyThere,
        long onlyHere,
        long different,
        long copiesOnlyThere,
        long copiesOnlyHere,
        String digest,
        List<Finding> first) {

    /**
     * One file on which the sides do not agree.
     *
     * @param what {@code only-there}, {@code only-here}, or in what both differ
     */
    public record Finding(String name, String what) {}

    /** Whether both sides list the same. */
    public boolean agree() {
        return onlyThere + onlyHere + different == 0;
    }
}
