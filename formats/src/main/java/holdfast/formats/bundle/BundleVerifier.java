package holdfast.formats.bundle;

import holdfast.evidence.Anchor;
import holdfast.evidence.Assessment;
import holdfast.evidence.JournalCheck;
import holdfast.evidence.JournalCheck.Checked;
import holdfast.evidence.Refusal;
import holdfast.evidence.Refusal.Refused;
import holdfast.formats.PlanFile;
import holdfast.formats.Result;
import holdfast.formats.SitesFile;
import holdfast.formats.VerdictReport;
import holdfast.journal.BadEntry;
import holdfast.journal.Head;
import holdfast.journal.ProjectedHead;
import holdfast.journal.SignedHead;
import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.Surroundings;
import holdfast.plan.Plan;
import holdfast.plan.PlanFact.PlanAdopted;
import holdfast.plan.Sites;
import holdfast.retention.Hold;
import holdfast.vocabulary.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * Checks a bundle with no server and no trust in one: the journal, then the plan that it adopted, then every verdict taken
 * again at the claimed moment.
 */
public final class BundleVerifier {
    /** Clocks that made entry, verdict and head may differ by this much. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final BundleReader bundle;
    private final Anchor anchor;
    private final List<Refused> refused = new ArrayList<>();
    private Optional<Head> head = Optional.empty();
    private Optional<VerdictReport> again = Optional.empty();

    private BundleVerifier(BundleReader bundle, Anchor anchor) {
        this.bundle = bundle;
        this.anchor = anchor;
    }

    /**
     * Checks a bundle.
     *
     * @throws IOException when the file cannot be read at all; whatever is wrong inside it is a refusal
     */
    public static Verification verify(Path file, Anchor anchor) throws IOException {
        try (BundleReader bundle = new BundleReader(file)) {
            return verify(bundle, anchor);
        } catch (BundleBroken | BadEntry e) {
            Refused broken = Refusal.BUNDLE_BROKEN.because(String.valueOf(e.getMessage()));
            return new Verification(List.of(broken), anchor, Optional.empty(), Optional.empty());
        }
    }

    /**
     * Checks a bundle for some readers, and whether it is what the whole journal shows to them: the whole is checked first, and
     * under it alone an answer is anchored.
     *
     * @throws IOException when a file cannot be read at all; whatever is wrong inside is a refusal
     */
    public static Verification verify(Path file, Path whole, Anchor anchor) throws IOException {
        Verification own = verify(file, anchor);
        Verification full = verify(whole, anchor);
        List<Refused> refused = new ArrayList<>(own.refused());
        full.refused().forEach(r -> refused.add(r.refusal().because("the whole: " + r.sentence())));
        if (full.projection().isPresent()) {
            refused.add(Refusal.OTHER_PROJECTION.because(whole.getFileName() + " is itself for some readers only"));
        }
        if (own.refused().isEmpty() && own.projection().isEmpty()) {
            refused.add(Refusal.OTHER_PROJECTION.because(file.getFileName() + " is itself of the whole journal"));
        }
        if (!refused.isEmpty()) {
            return own.with(refused, Optional.empty());
        }
        try (BundleReader some = new BundleReader(file);
                BundleReader all = new BundleReader(whole)) {
            if (!some.key().equals(all.key()) || !(some.head() instanceof ProjectedHead head)) {
                return own.with(
                        List.of(Refusal.OTHER_KEY.because("the two bundles are signed with two keys")),
                        Optional.empty());
            }
            ProjectionVerifier.Compared compared = ProjectionVerifier.compare(some, head, all);
            return own.with(compared.refused().stream().toList(), Optional.of(compared.sentence()));
        }
    }

    private static Verification verify(BundleReader bundle, Anchor anchor) throws IOException {
        return switch (bundle.head()) {
            case ProjectedHead projected -> ProjectionVerifier.verify(bundle, anchor, projected);
            case SignedHead own -> {
                bundle.require(EnumSet.allOf(Part.class));
                BundleVerifier verifier = new BundleVerifier(bundle, anchor);
                verifier.verify(own);
                yield new Verification(verifier.refused, anchor, verifier.head, verifier.again);
            }
        };
    }

    private void verify(SignedHead own) throws IOException {
        head = Optional.of(own);
        Claim claim = Claim.read(bundle.text(Part.VERDICTS));
        Checked checked = journal(own);
        refused.addAll(checked.refused());
        if (checked.holds()) {
            moment(claim, checked, own);
            checked.ledger()
                    .adopted()
                    .ifPresentOrElse(
                            plan -> plan(plan, claim, checked),
                            () -> refuse(Refusal.OTHER_PLAN_VERSION, "the journal never adopted a plan"));
        }
    }

    private Checked journal(SignedHead own) throws IOException {
        try (var entries = bundle.open(Part.ENTRIES)) {
            return JournalCheck.check(new JournalCheck.Given(entries, bundle.leaves(), own, bundle.key()), anchor);
        }
    }

    private void moment(Claim claim, Checked checked, SignedHead own) {
        Instant at = claim.verdicts().at();
        if (claim.entries() != checked.ledger().entries()) {
            refuse(
                    Refusal.MOMENT_IMPOSSIBLE,
                    "the verdicts claim to rest on " + claim.entries() + " entries, the journal holds "
                            + checked.ledger().entries());
        }
        if (checked.last().isAfter(at.plus(CLOCK_SKEW))) {
            refuse(
                    Refusal.MOMENT_IMPOSSIBLE,
                    "the verdicts claim to be of " + at + ", before the newest entry of " + checked.last());
        }
        if (at.isAfter(own.at().plus(CLOCK_SKEW))) {
            refuse(
                    Refusal.MOMENT_IMPOSSIBLE,
                    "the verdicts claim to be of " + at + ", after the head was signed at " + own.at());
        }
    }

    private void plan(PlanAdopted adopted, Claim claim, Checked checked) {
        VerdictReport.PlanName named = claim.verdicts().plan();
        boolean digest = Digest.sha256(adopted.planText().getBytes(StandardCharsets.UTF_8))
                .equals(adopted.digest());
        if (!digest) {
            refuse(Refusal.OTHER_PLAN_VERSION, "the journal's plan does not give the digest that it was adopted by");
        }
        if (!named.version().equals(adopted.planVersion())
                || !named.digest().equals(adopted.digest().hex())) {
            refuse(
                    Refusal.OTHER_PLAN_VERSION,
                    "the verdicts claim plan version " + named.version() + " (" + named.digest()
                            + "), the journal adopted version " + adopted.planVersion() + " ("
                            + adopted.digest().hex()
                            + ")");
        }
        try {
            texts(adopted);
            if (refused.stream().noneMatch(r -> r.refusal() == Refusal.OTHER_PLAN_VERSION)) {
                verdicts(adopted, claim, checked);
            }
        } catch (IOException e) {
            refuse(Refusal.BUNDLE_BROKEN, String.valueOf(e.getMessage()));
        } catch (Result.BadFile e) {
            refuse(Refusal.FACT_UNREADABLE, "the adopted plan cannot be read by this release: " + e.getMessage());
        }
    }

    private void texts(PlanAdopted adopted) throws IOException {
        same(Part.PLAN, adopted.planText());
        same(Part.SITES, adopted.sitesText());
        same(Part.POLICY, adopted.policyText());
    }

    private void same(Part part, String adopted) throws IOException {
        if (!bundle.text(part).equals(adopted)) {
            refuse(Refusal.OTHER_PLAN_VERSION, part.file() + " is not the text that the journal adopted");
        }
    }

    private void verdicts(PlanAdopted adopted, Claim claim, Checked checked) {
        Sites sites = SitesFile.read(adopted.sitesText(), Part.SITES.file()).orThrow();
        Plan plan = PlanFile.read(adopted.planText(), Part.PLAN.file(), sites).orThrow();
        Surroundings surroundings = new Surroundings(
                plan,
                sites,
                checked.ledger().conditions(),
                checked.ledger().hold().flatMap(Hold::doubtBefore),
                checked.ledger().trials());
        Instant at = claim.verdicts().at();
        List<ClauseVerdict> verdicts =
                Assessment.of(checked.ledger(), surroundings, claim.journal().state(), at);
        VerdictReport report = VerdictReport.of(plan, at, verdicts);
        again = Optional.of(report);
        if (!claim.verdicts().plan().equals(report.plan())) {
            refuse(Refusal.OTHER_PLAN_VERSION, "the verdicts name the plan otherwise than its file does");
        }
        refused.addAll(ClaimDifference.of(claim.verdicts(), report));
    }

    private void refuse(Refusal refusal, String sentence) {
        refused.add(refusal.because(sentence));
    }
}
