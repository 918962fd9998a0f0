package holdfast.formats.bundle;

import holdfast.journal.Entry;
import holdfast.journal.SignedHead;
import holdfast.plan.PlanFact.PlanAdopted;
import java.io.IOException;
import java.io.OutputStream;
import java.security.PublicKey;

/** Writes a bundle of the whole journal as one ZIP. */
public final class BundleWriter {
    private BundleWriter() {}

    /** Hands over all entries that a head covers, in the journal's order. */
    @FunctionalInterface
    public interface Entries {
        void each(Each each) throws IOException;
    }

    /** Takes one entry. */
    @FunctionalInterface
    public interface Each {
        void take(Entry entry) throws IOException;
    }

    /**
     * What goes into a bundle.
     *
     * @param adopted the plan in force, which the claim's verdicts were taken against
     * @param head covers exactly the entries
     */
    public record Contents(PlanAdopted adopted, Entries entries, SignedHead head, PublicKey key, Claim claim) {}

    /**
     * Writes a bundle.
     *
     * @param out finished here and not closed
     */
    public static void write(OutputStream out, Contents contents) throws IOException {
        ZipParts zip = new ZipParts(out, contents.head().at());
        zip.readme("README.txt");
        zip.part(Part.PLAN, contents.adopted().planText());
        zip.part(Part.SITES, contents.adopted().sitesText());
        zip.part(Part.POLICY, contents.adopted().policyText());
        zip.leaves(zip.entries(contents.entries()));
        zip.part(Part.HEAD, contents.head().text() + "\n");
        zip.part(Part.KEY, KeyText.write(contents.key()));
        zip.part(Part.VERDICTS, contents.claim().json());
        zip.finish();
    }
}
