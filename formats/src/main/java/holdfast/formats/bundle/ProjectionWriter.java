package holdfast.formats.bundle;

import holdfast.evidence.Ledger;
import holdfast.evidence.Projection;
import holdfast.journal.Entry;
import holdfast.journal.Hash;
import holdfast.journal.MerkleTree;
import holdfast.journal.ProjectedHead;
import holdfast.plan.PlanFact.PlanAdopted;
import holdfast.vocabulary.Readership;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Writes a bundle for some readers (decision 0027): what they may know of each entry, with a tree and a head of its own. All of it
 * follows from the entries that are shown, its moment too, so that nothing moves when what is hidden does.
 */
public final class ProjectionWriter {
    /** The first moment that a ZIP can bear, and of a projection that shows nothing. */
    static final Instant NOTHING = Instant.parse("1980-01-01T00:00:00Z");

    private final Projection projection;
    private final Ledger ledger = new Ledger();
    private Instant newest = NOTHING;

    private ProjectionWriter(Projection projection) {
        this.projection = projection;
    }

    /**
     * Writes a bundle.
     *
     * @param out finished here and not closed
     * @param whole the entries of the journal, from the first one on
     */
    public static ProjectedHead write(OutputStream out, Projection projection, BundleWriter.Entries whole, KeyPair keys)
            throws IOException, GeneralSecurityException {
        return new ProjectionWriter(projection).write(out, whole, keys);
    }

    private ProjectedHead write(OutputStream out, BundleWriter.Entries whole, KeyPair keys)
            throws IOException, GeneralSecurityException {
        Readership readers = projection.readers();
        ZipParts zip = new ZipParts(out, NOTHING);
        zip.readme("README-" + readers.word() + ".txt");
        List<Hash> leaves = zip.entries(each -> whole.each(entry -> {
            Optional<Entry> shown = projection.of(entry);
            if (shown.isPresent()) {
                take(shown.get());
                each.take(shown.get());
            }
        }));
        zip.leaves(leaves);
        ProjectedHead head =
                ProjectedHead.sign(readers, leaves.size(), MerkleTree.rootOf(leaves), newest, keys.getPrivate());
        zip.part(Part.HEAD, head.text() + "\n");
        zip.part(Part.KEY, KeyText.write(keys.getPublic()));
        if (readers == Readership.MEMBERS) {
            verdicts(zip);
        }
        zip.finish();
        return head;
    }

    private void take(Entry entry) {
        newest = entry.at().isAfter(newest) ? entry.at() : newest;
        if (projection.readers() == Readership.MEMBERS) {
            ledger.apply(entry);
        }
    }

    private void verdicts(ZipParts zip) throws IOException {
        PlanAdopted adopted = ledger.adopted().orElseThrow();
        zip.part(Part.PLAN, adopted.planText());
        zip.part(Part.SITES, adopted.sitesText());
        zip.part(Part.POLICY, adopted.policyText());
        zip.part(
                Part.VERDICTS,
                ProjectedVerdicts.of(ledger, adopted, newest).claim().json());
    }
}
