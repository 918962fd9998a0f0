package holdfast.formats.bundle;

import holdfast.evidence.Anchor;
import holdfast.evidence.EntryReader;
import holdfast.evidence.JournalCheck;
import holdfast.evidence.JournalCheck.Checked;
import holdfast.evidence.Projection;
import holdfast.evidence.Refusal;
import holdfast.evidence.Refusal.Refused;
import holdfast.formats.PlanFile;
import holdfast.formats.Result;
import holdfast.formats.SitesFile;
import holdfast.formats.VerdictReport;
import holdfast.journal.Entry;
import holdfast.journal.Hash;
import holdfast.journal.ProjectedHead;
import holdfast.plan.Plan;
import holdfast.plan.PlanFact.PlanAdopted;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Readership;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks a bundle for some readers: its own tree and head, and its verdicts; what it leaves out only the whole journal shows. */
final class ProjectionVerifier {
    private static final Set<Part> FOR_ANYBODY =
            EnumSet.of(Part.README, Part.ENTRIES, Part.LEAVES, Part.HEAD, Part.KEY);

    private final BundleReader bundle;
    private final Anchor anchor;
    private final ProjectedHead head;
    private final List<Refused> refused = new ArrayList<>();
    private Optional<VerdictReport> again = Optional.empty();
    private List<String> leftOut = List.of();

    private ProjectionVerifier(BundleReader bundle, Anchor anchor, ProjectedHead head) {
        this.bundle = bundle;
        this.anchor = anchor;
        this.head = head;
    }

    /** Which parts a bundle for these readers has. */
    static Set<Part> parts(Readership readers) {
        return switch (readers) {
            case PUBLIC -> FOR_ANYBODY;
            case MEMBERS -> EnumSet.allOf(Part.class);
        };
    }

    static Verification verify(BundleReader bundle, Anchor anchor, ProjectedHead head) throws IOException {
        ProjectionVerifier verifier = new ProjectionVerifier(bundle, anchor, head);
        verifier.verify();
        return new Verification(
                verifier.refused,
                anchor,
                Optional.of(head),
                verifier.again,
                Optional.of(new Verification.Shown(head.readers(), verifier.leftOut, Optional.empty())));
    }

    private void verify() throws IOException {
        bundle.require(parts(head.readers()));
        // A head of the journal says nothing of a projection; that is for whoever has the whole.
        Anchor key = new Anchor(anchor.key(), Optional.empty());
        try (var entries = bundle.open(Part.ENTRIES)) {
            Checked checked =
                    JournalCheck.check(new JournalCheck.Given(entries, bundle.leaves(), head, bundle.key()), key);
            refused.addAll(checked.refused());
            if (checked.holds()) {
                moment(checked);
                verdicts(checked);
            }
        }
    }

    private void moment(Checked checked) {
        boolean empty = checked.ledger().entries() == 0;
        if (!head.at().equals(empty ? ProjectionWriter.NOTHING : checked.last())) {
            refuse(Refusal.MOMENT_IMPOSSIBLE, "the head is of " + head.at() + ", the newest entry is not");
        }
    }

    private void verdicts(Checked checked) throws IOException {
        if (head.readers() != Readership.MEMBERS) {
            return;
        }
        Claim claim = Claim.read(bundle.text(Part.VERDICTS));
        Optional<PlanAdopted> adopted = checked.ledger().adopted();
        if (adopted.isEmpty() || !isOfItsDigest(adopted.get())) {
            refuse(Refusal.OTHER_PLAN_VERSION, "the entries adopt no plan, or one of another digest");
            return;
        }
        same(Part.PLAN, adopted.get().planText());
        same(Part.SITES, adopted.get().sitesText());
        same(Part.POLICY, adopted.get().policyText());
        try {
            ProjectedVerdicts.Judged judged = ProjectedVerdicts.of(checked.ledger(), adopted.get(), head.at());
            compare(claim, judged);
        } catch (Result.BadFile e) {
            refuse(Refusal.FACT_UNREADABLE, "the adopted plan cannot be read by this release: " + e.getMessage());
        }
    }

    private void compare(Claim claim, ProjectedVerdicts.Judged judged) {
        VerdictReport ours = judged.claim().verdicts();
        again = Optional.of(ours);
        leftOut = judged.leftOut();
        if (!claim.verdicts().plan().equals(ours.plan())) {
            refuse(Refusal.OTHER_PLAN_VERSION, "the verdicts name the plan otherwise than the entries do");
        }
        boolean sameGround = claim.entries() == judged.claim().entries()
                && claim.verdicts().at().equals(ours.at())
                && claim.journal().equals(judged.claim().journal());
        if (!sameGround) {
            refuse(Refusal.MOMENT_IMPOSSIBLE, "the verdicts claim another moment, or to rest on something else");
        }
        refused.addAll(ClaimDifference.of(claim.verdicts(), ours));
    }

    private static boolean isOfItsDigest(PlanAdopted adopted) {
        return Digest.sha256(adopted.planText().getBytes(StandardCharsets.UTF_8))
                .equals(adopted.digest());
    }

    private void same(Part part, String adopted) throws IOException {
        if (!bundle.text(part).equals(adopted)) {
            refuse(Refusal.OTHER_PLAN_VERSION, part.file() + " is not the text that the entries adopt");
        }
    }

    /**
     * Makes the projection of a whole journal anew and compares: why it is another one, or in a sentence how it is the same.
     * Leaves are compared, which leave no byte of an entry open.
     */
    static Compared compare(BundleReader projected, ProjectedHead head, BundleReader whole) throws IOException {
        Projection projection = Projection.of(
                head.readers(),
                adopted(whole)
                        .map(ProjectionVerifier::plan)
                        .orElseThrow(() -> new BundleBroken("the whole journal never adopted a plan")));
        List<Hash> theirs = projected.leaves();
        int same = 0;
        long shown = 0;
        try (var in = whole.open(Part.ENTRIES)) {
            EntryReader reader = new EntryReader(in);
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                Optional<Entry> entry = projection.of(next.get().entry());
                if (entry.isPresent()) {
                    if (same == shown
                            && same < theirs.size()
                            && theirs.get(same).equals(entry.get().leaf())) {
                        same++;
                    }
                    shown++;
                }
            }
        }
        if (same < theirs.size()) {
            return new Compared(
                    Optional.of(Refusal.OTHER_PROJECTION.because("entry " + same + " of " + theirs.size()
                            + " is not what the whole journal shows to these readers at its place")),
                    "");
        }
        String later = shown == same ? "" : "; " + (shown - same) + " entries that came later are not in it";
        return new Compared(Optional.empty(), "it is what the whole journal shows to these readers" + later);
    }

    /** What came of a comparison with the whole journal. */
    record Compared(Optional<Refused> refused, String sentence) {}

    private static Plan plan(PlanAdopted adopted) {
        var sites = SitesFile.read(adopted.sitesText(), Part.SITES.file()).orThrow();
        return PlanFile.read(adopted.planText(), Part.PLAN.file(), sites).orThrow();
    }

    /** The plan that the whole journal adopted last. */
    private static Optional<PlanAdopted> adopted(BundleReader whole) throws IOException {
        Optional<PlanAdopted> last = Optional.empty();
        try (var in = whole.open(Part.ENTRIES)) {
            EntryReader reader = new EntryReader(in);
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                Entry entry = next.get().entry();
                if (entry.kind().equals(PlanAdopted.KIND)) {
                    last = Optional.of(PlanAdopted.read(entry.lines()));
                }
            }
        }
        return last;
    }

    private void refuse(Refusal refusal, String sentence) {
        refused.add(refusal.because(sentence));
    }
}
