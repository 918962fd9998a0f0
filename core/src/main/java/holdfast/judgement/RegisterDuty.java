package holdfast.judgement;

import holdfast.catalog.FileRow;
import holdfast.judgement.Holding.ExpectedFile;
import holdfast.judgement.Reason.Code;
import holdfast.plan.Limits;
import java.time.Instant;
import java.util.Optional;

/** Whether one file has arrived as an outside register says (P-6). Files without a word of the register are not known. */
final class RegisterDuty {
    /** The attribute with a file's number of events, to be compared with the register's. */
    static final String EVENTS = "events";

    private final Holding holding;
    private final Limits limits;
    private final Instant now;

    RegisterDuty(Holding holding, Limits limits, Instant now) {
        this.holding = holding;
        this.limits = limits;
        this.now = now;
    }

    Answer answer() {
        if (holding.file().isEmpty()) {
            return Answers.plain(Verdict.BREACHED, Code.NOT_REGISTERED, notHere());
        }
        FileRow file = holding.file().get();
        if (file.lost()) {
            return Answers.plain(Verdict.BREACHED, Code.LOST, "declared lost");
        }
        if (holding.copies().stream().noneMatch(copy -> copy.state().stands())) {
            return Answers.plain(Verdict.BREACHED, Code.NO_COPY, "registered, and no copy stands anywhere");
        }
        return holding.expected()
                .map(expected -> compared(file, expected))
                .orElseGet(() ->
                        Answers.plain(Verdict.UNDETERMINED, Code.NO_REGISTER, "no outside register names this file"));
    }

    private String notHere() {
        return holding.expected()
                .map(e -> "the register of run " + e.run() + " names it and it is not here")
                .orElse("it is not here");
    }

    private Answer compared(FileRow file, ExpectedFile expected) {
        Optional<Answer> differs = differs(file, expected);
        if (differs.isPresent()) {
            return differs.get();
        }
        Optional<Instant> closed = expected.closed();
        Optional<Instant> counts = closed.map(at -> at.minus(limits.clockSkew()));
        if (counts.isEmpty() || counts.get().isAfter(now)) {
            Answer open = Answers.plain(
                    Verdict.UNDETERMINED, Code.NO_CLOSE_RECORD, "run " + expected.run() + " has no close record yet");
            Instant until = new Horizon(now).at(counts.orElse(Instant.MAX)).earliest();
            return new Answer(open.verdict(), false, open.reasons(), open.oldestProof(), until, open.silentSince());
        }
        return Answers.plain(Verdict.MET);
    }

    private static Optional<Answer> differs(FileRow file, ExpectedFile expected) {
        if (expected.file().size().map(size -> !size.equals(file.size())).orElse(false)) {
            String text = "the register says " + expected.file().size().get() + " bytes, " + file.size() + " came";
            return Optional.of(Answers.plain(Verdict.BREACHED, Code.SIZE_DIFFERS, text));
        }
        Optional<String> stated = expected.file().events().map(String::valueOf);
        Optional<String> came = file.attributes().value(EVENTS);
        if (stated.isPresent() && came.isPresent() && !stated.equals(came)) {
            String text = "the register says " + stated.get() + " events, its metadata " + came.get();
            return Optional.of(Answers.plain(Verdict.BREACHED, Code.EVENTS_DIFFER, text));
        }
        return Optional.empty();
    }
}
