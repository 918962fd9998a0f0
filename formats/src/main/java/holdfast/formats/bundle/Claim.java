package holdfast.formats.bundle;

import holdfast.formats.Json;
import holdfast.formats.VerdictReport;
import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.Whole;
import holdfast.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a bundle claims: verdicts, and what they rest on. Written to {@code verdicts.json} and read back.
 *
 * @param format {@link #FORMAT}
 * @param entries how many entries of the journal the verdicts rest on: all of the bundle's
 * @param journal how the journal was kept: stated by the server, shown by no entry
 */
public record Claim(String format, long entries, Kept journal, VerdictReport verdicts) {
    public static final String FORMAT = "holdfast-verdicts 1";

    /** When the journal was last audited and with what result, and when a head was last written outside. */
    public record Kept(Optional<Instant> lastAudit, boolean auditAgreed, Optional<Instant> headOutside) {
        static Kept of(Whole.JournalState state) {
            return new Kept(state.lastAudit(), state.auditAgreed(), state.headOutside());
        }

        Whole.JournalState state() {
            return new Whole.JournalState(lastAudit, auditAgreed, headOutside);
        }
    }

    /** The moment at which verdicts were taken, and the state of the journal then. */
    public record Moment(Instant at, long entries, Whole.JournalState journal) {}

    public static Claim of(Plan plan, Moment moment, List<ClauseVerdict> verdicts) {
        return new Claim(
                FORMAT, moment.entries(), Kept.of(moment.journal()), VerdictReport.of(plan, moment.at(), verdicts));
    }

    public String json() {
        return Json.write(this) + "\n";
    }

    /**
     * Reads a claim.
     *
     * @throws BundleBroken when the text is none, or is not spelled as a claim is: a key twice, one too many, or in
     *     another order could mean one thing to a reader and another to us
     */
    static Claim read(String text) {
        Claim claim;
        try {
            claim = Json.read(text, Claim.class);
        } catch (holdfast.formats.Result.BadFile e) {
            throw new BundleBroken(Part.VERDICTS.file() + ": " + e.getMessage());
        }
        if (!FORMAT.equals(claim.format) || !claim.json().equals(text)) {
            throw new BundleBroken(Part.VERDICTS.file() + " is not spelled as '" + FORMAT + "' is");
        }
        return claim;
    }
}
