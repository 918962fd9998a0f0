package holdfast.server.keeping;

import holdfast.custody.InForce;
import holdfast.evidence.Assessment;
import holdfast.evidence.Ledger;
import holdfast.formats.bundle.BundleWriter;
import holdfast.formats.bundle.Claim;
import holdfast.journal.SignedHead;
import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.Whole;
import holdfast.plan.PlanFact.PlanAdopted;
import holdfast.retention.Hold;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Entries;
import holdfast.server.sql.Memory;
import holdfast.server.sql.State;
import holdfast.server.work.Assessor;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * Writes an evidence bundle: the journal up to a signed head, and the verdicts taken from exactly those entries, so that
 * a stranger who folds them takes the same ones.
 */
public final class EvidenceExport {
    private final JournalKeeper keeper;
    private final Entries entries;
    private final Memory memory;
    private final Supplier<InForce> inForce;
    private final HouseClock clock;

    public EvidenceExport(
            JournalKeeper keeper, Entries entries, Memory memory, Supplier<InForce> inForce, HouseClock clock) {
        this.keeper = keeper;
        this.entries = entries;
        this.memory = memory;
        this.inForce = inForce;
        this.clock = clock;
    }

    /** Writes the bundle of this moment; the stream stays open. */
    public void write(OutputStream out) throws IOException, GeneralSecurityException {
        SignedHead head = keeper.head();
        Ledger ledger = new Ledger();
        entries.each(0, head.size(), (seq, entry) -> ledger.apply(entry));
        PlanAdopted adopted = ledger.adopted().orElseThrow();
        InForce plan = inForce.get();
        if (!plan.plan().digest().equals(adopted.digest())) {
            throw new IllegalStateException("another plan is being adopted just now; export again");
        }
        Instant now = clock.now();
        Whole.JournalState kept = State.journal(memory.recall(Assessor.AUDIT), memory.recall(Assessor.HEAD_OUTSIDE));
        List<ClauseVerdict> verdicts = Assessment.of(
                ledger,
                plan.surroundings(ledger.conditions(), ledger.hold().flatMap(Hold::doubtBefore), ledger.trials()),
                kept,
                now);
        Claim claim = Claim.of(plan.plan(), new Claim.Moment(now, head.size(), kept), verdicts);
        BundleWriter.write(
                out,
                new BundleWriter.Contents(
                        adopted,
                        each -> entries.each(0, head.size(), (seq, entry) -> each.take(entry)),
                        head,
                        keeper.key().open(),
                        claim));
    }
}
