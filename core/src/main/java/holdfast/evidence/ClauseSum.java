package holdfast.evidence;

import holdfast.catalog.FileRow;
import holdfast.judgement.Answer;
import holdfast.judgement.ClauseVerdict.Failing;
import holdfast.judgement.FileJudgement;
import holdfast.judgement.Holding;
import holdfast.judgement.Judge;
import holdfast.judgement.Subjects;
import holdfast.judgement.Tally;
import holdfast.plan.Clause;
import holdfast.plan.Duty;
import holdfast.plan.Waiver;
import holdfast.vocabulary.DataId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Adds up what one clause finds of file after file. */
final class ClauseSum {
    private final Clause clause;
    private final Instant now;
    private final Set<DataId> waived;
    private final Map<Duty, Tally> duties = new HashMap<>();
    private final List<Failing> named = new ArrayList<>();
    private final Set<DataId> waivedShort = new HashSet<>();
    private Tally worst = Tally.NONE;

    ClauseSum(Clause clause, List<Waiver> waivers, Instant now) {
        this.clause = clause;
        this.now = now;
        this.waived = Judge.waived(clause.id(), waivers, now);
    }

    Clause clause() {
        return clause;
    }

    void add(Holding holding, FileJudgement judgement) {
        Instant mention = holding.file()
                .map(FileRow::mention)
                .or(() -> holding.expected().flatMap(Holding.ExpectedFile::closed))
                .orElse(now);
        List<Answer> answers = new ArrayList<>(clause.must().size());
        for (Duty duty : clause.must()) {
            if (Judge.isSubject(duty.obligation(), holding)) {
                Answer answer = judgement.answer(duty.obligation());
                answers.add(answer);
                duties.merge(duty, Tally.of(answer, mention), Tally::plus);
            }
        }
        worst = worst.plus(Judge.beside(clause, judgement));
        if (!answers.isEmpty()) {
            add(holding.id(), Judge.worst(answers), mention);
        }
    }

    Subjects subjects() {
        return new Subjects(duties, worst, named, waivedShort);
    }

    private void add(DataId id, Answer answer, Instant mention) {
        worst = worst.plus(Tally.of(answer, mention));
        if (answer.fallsShort()) {
            named.add(new Failing(id.toString(), Optional.of(id), answer.verdict(), answer.reasons()));
            if (waived.contains(id)) {
                waivedShort.add(id);
            }
        }
    }
}
