package holdfast.formats.dump;

import holdfast.fixity.Reconciled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The answer of a comparison of two dumps: whose they are, of when, and what was counted. */
public record Compared(String element, Instant catalogueAt, Instant listingAt, Reconciled counted) {

    /**
     * The answer for two dumps of one element.
     *
     * @throws BadDump when they are of two elements
     */
    public static Compared of(DumpHeader catalogue, DumpHeader listing, Reconciled counted) {
        requireOneElement(catalogue, listing);
        return new Compared(catalogue.element().name(), catalogue.at(), listing.at(), counted);
    }

    /** @throws BadDump when the dumps are of two elements */
    public static void requireOneElement(DumpHeader catalogue, DumpHeader listing) {
        if (!catalogue.element().equals(listing.element())) {
            throw new BadDump("the catalogue's dump is of " + catalogue.element() + " and the listing of "
                    + listing.element() + ": give two dumps of one element");
        }
    }

    /** What weakens the answer, in sentences. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (catalogueAt.isBefore(listingAt)) {
            remarks.add("The catalogue was dumped before the listing began: what came between is told dark."
                    + " Take the listing first, then the catalogue.");
        }
        if (counted.byDigest() == 0 && counted.same() > 0) {
            remarks.add("The two sides state no checksum in common: only sizes were compared.");
        }
        return remarks;
    }

    /** The answer in sentences, the remarks too. */
    public List<String> sentences() {
        List<String> said = new ArrayList<>();
        said.add("%s: %d rows of the catalogue at %s, %d files of the listing at %s"
                .formatted(element, counted.recorded(), catalogueAt, counted.listed(), listingAt));
        said.add("same       %d (checksums compared: %d)".formatted(counted.same(), counted.byDigest()));
        said.add(sum("missing  ", counted.missing()));
        said.add(sum("dark     ", counted.dark()));
        said.add(sum("different", counted.different()));
        said.add(
                "no finding %d younger than the listing, %d rows that expect no bytes, %d old writings, %d of the house"
                        .formatted(counted.younger(), counted.withoutDuty(), counted.superseded(), counted.own()));
        said.addAll(remarks());
        return said;
    }

    private static String sum(String what, Reconciled.Sum sum) {
        return "%s  %d (%d bytes)".formatted(what, sum.files(), sum.bytes().bytes());
    }
}
