package holdfast.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.evidence.Assessment;
import holdfast.evidence.Ledger;
import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.Verdict;
import holdfast.plan.PlanFact.PlanAdopted;
import holdfast.server.sql.DemandTable;
import holdfast.server.sql.Entries;
import holdfast.server.sql.Holdings;
import holdfast.server.sql.Homes;
import holdfast.server.sql.Memory;
import holdfast.server.sql.State;
import holdfast.server.sql.StateRows;
import holdfast.server.sql.Verdicts;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.Digest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A work house whose plan is adopted and whose clauses are judged. */
final class TrialHouse {
    private final WorkHouse house;
    private final Assessor assessor;

    TrialHouse(WorkHouse house) {
        this.house = house;
        // The house's plan, sites and policy were read from nothing, and that is what is adopted.
        house.journal.append(new PlanAdopted("1", Digest.sha256(new byte[0]), "", "", ""), new Actor("keeper"));
        State state = new State(house.words);
        Attendant attendant = new Attendant(
                new Attendant.Desk(
                        house.database,
                        new Homes(house.words),
                        new Holdings(house.words),
                        state,
                        house.journal,
                        house::now),
                house.place.inForce(),
                new Loads(house.database, state, new DemandTable(house.words)));
        assessor = new Assessor(
                house.database,
                new Assessor.Reads(new Verdicts(house.words), state, new Memory(house.database)),
                attendant,
                house.place.inForce(),
                house::now);
    }

    void catchUp() {
        assessor.catchUp(Duration.ofMinutes(1));
    }

    ClauseVerdict verdict(String clause) {
        catchUp();
        return of(assessor.assess(10).verdicts(), clause);
    }

    void expect(String clause, Verdict expected) {
        ClauseVerdict verdict = verdict(clause);
        assertThat(verdict.verdict())
                .as(verdict.reasons() + " " + verdict.named())
                .hasValue(expected);
    }

    /** The journal folded gives the rows that stand there, and the same figures of a clause. */
    void foldsToTheSame(String clause) {
        catchUp();
        Assessor.Assessment now = assessor.assess(10);
        Ledger ledger = new Ledger();
        List<String> rows =
                new StateRows(house.database, new Entries(house.database), house.words).lines(ledger::apply);
        assertThat(ledger.stateLines()).containsExactlyElementsOf(rows);
        List<ClauseVerdict> again = Assessment.of(
                ledger.holdings(),
                now.inForce().surroundings(ledger.conditions(), Optional.empty(), ledger.trials()),
                now.whole(),
                now.at());
        ClauseVerdict summed = of(now.verdicts(), clause);
        ClauseVerdict folded = of(again, clause);
        assertThat(folded.verdict()).isEqualTo(summed.verdict());
        assertThat(folded.subjects()).isEqualTo(summed.subjects());
        assertThat(folded.failing()).isEqualTo(summed.failing());
        assertThat(folded.undetermined()).isEqualTo(summed.undetermined());
        assertThat(folded.validUntil()).isEqualTo(summed.validUntil());
        assertThat(folded.reasons()).isEqualTo(summed.reasons());
    }

    private static ClauseVerdict of(List<ClauseVerdict> verdicts, String clause) {
        return verdicts.stream()
                .filter(v -> v.clause().id().name().equals(clause))
                .findFirst()
                .orElseThrow();
    }
}
