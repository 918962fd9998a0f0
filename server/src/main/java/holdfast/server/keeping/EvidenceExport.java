package holdfast.server.keeping;

import holdfast.custody.InForce;
import holdfast.evidence.Assessment;
import holdfast.evidence.Ledger;
import holdfast.evidence.Projection;
import holdfast.formats.bundle.BundleWriter;
import holdfast.formats.bundle.Claim;
import holdfast.formats.bundle.ProjectionWriter;
import holdfast.journal.SignedHead;
import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.Whole;
import holdfast.plan.Plan;
import holdfast.plan.PlanFact.PlanAdopted;
import holdfast.retention.Hold;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Entries;
import holdfast.server.sql.Memory;
import holdfast.server.sql.State;
import holdfast.server.work.Assessor;
import holdfast.vocabulary.Readership;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
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

    /** A plan took effect whose entry has no number yet; a moment later it has. */
    static final class BeingAdopted extends IllegalStateException {
        private static final long serialVersionUID = 1;

        BeingAdopted() {
            super("another plan is being adopted just now; export again");
        }
    }

    /**
     * Writes what some readers may know of the entries that are numbered now (decision 0027); the stream stays open. It rests on
     * no head of the journal.
     */
    public void write(Readership readers, OutputStream out) throws IOException, GeneralSecurityException {
        keeper.step();
        long size = entries.size();
        Plan plan = adoptedLast(size).plan();
        Projection projection = Projection.of(readers, plan);
        SigningKey key = keeper.key();
        ProjectionWriter.write(
                out,
                projection,
                each -> entries.each(0, size, (seq, entry) -> each.take(entry)),
                new KeyPair(key.open(), key.secret()));
    }

    /** What is in force, which must be what the numbered entries adopted last: the plan says who may know of what. */
    private InForce adoptedLast(long size) {
        List<PlanAdopted> adopted = new ArrayList<>();
        entries.eachOf(PlanAdopted.KIND, 0, size, (seq, entry) -> {
            adopted.clear();
            adopted.add(PlanAdopted.read(entry.lines()));
        });
        InForce plan = inForce.get();
        if (adopted.isEmpty() || !plan.plan().digest().equals(adopted.getFirst().digest())) {
            throw new BeingAdopted();
        }
        return plan;
    }

    /** Writes the bundle of this moment; the stream stays open. */
    public void write(OutputStream out) throws IOException, GeneralSecurityException {
        SignedHead head = keeper.head();
        Ledger ledger = new Ledger();
        entries.each(0, head.size(), (seq, entry) -> ledger.apply(entry));
        PlanAdopted adopted = ledger.adopted().orElseThrow();
        InForce plan = inForce.get();
        if (!plan.plan().digest().equals(adopted.digest())) {
            throw new BeingAdopted();
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
