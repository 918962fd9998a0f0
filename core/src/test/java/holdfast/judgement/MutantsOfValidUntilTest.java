package holdfast.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.house.Planted;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Judgements that forget a moment at which time alone changes them: {@link ValidUntilTest} must notice every one. */
class MutantsOfValidUntilTest {

    static List<Planted> mutants() {
        return List.of(
                forgets("a proof's end", "CopyRules.java", "        horizon.at(late);\n"),
                forgets("the end of waiting for a read-back", "CopyRules.java", "        horizon.at(end);\n"),
                forgets(
                        "that a proof from the future will count",
                        "CopyRules.java",
                        "            horizon.at(counts);\n"),
                forgets("a drill's end", "CopyRules.java", ".at(at.plus(drillWithin))"),
                forgets(
                        "that a drill from the future will count",
                        "CopyRules.java",
                        "ifPresent(at -> horizon.at(at.minus(limits.clockSkew()))",
                        "ifPresent(at -> horizon"),
                forgets(
                        "a silence's limit",
                        "Reach.java",
                        "horizon.at(since.plus(limits.silence()))",
                        "horizon.earliest()"),
                forgets("a downtime's begin", "Reach.java", ".at(downtime.from())"),
                forgets("a downtime's end", "Reach.java", ".at(downtime.until())"),
                forgets("the longest excuse of a downtime", "Reach.java", "            horizon.at(end);\n"),
                forgets("the end of a grace", "FileJudgement.java", ".at(grace.get())"),
                forgets(
                        "the begin of a grace",
                        "FileJudgement.java",
                        "        Grace.begin(holding, limits).ifPresent(horizon::at);\n"),
                forgets("the calendar's next inspection", "CalendarDuty.java", ".at(p.at().plus(every))"),
                forgets(
                        "that a close record from the future will count",
                        "RegisterDuty.java",
                        ".at(counts.orElse(Instant.MAX))"),
                forgets(
                        "that what stands elsewhere may stop counting",
                        "FileJudgement.java",
                        "            standings.forEach(copy -> horizon.at(copy.validUntil()));\n"),
                new Planted(
                        "keeps the latest moment of several answers",
                        "Answers.java",
                        "answer.validUntil().isBefore(until) ? answer.validUntil() : until",
                        "answers.getFirst().validUntil()"),
                new Planted(
                        "keeps the latest moment of several files",
                        "Tally.java",
                        "validUntil.isBefore(other.validUntil) ? validUntil : other.validUntil",
                        "validUntil.isBefore(other.validUntil) ? other.validUntil : validUntil"),
                new Planted("keeps the latest moment", "Horizon.java", "moment.isBefore(earliest)", "true"),
                forgets("a waiver's begin", "ClauseJudgement.java", ".at(waiver.from())"),
                forgets("a waiver's end", "ClauseJudgement.java", ".at(waiver.until())"),
                forgets(
                        "the end of a sharing period",
                        "ClauseJudgement.java",
                        "ShareFigures.bounds(follow, surroundings).forEach(horizon::at);"),
                forgets("a register's age", "FileDutyFinding.java", ".at(asOf.plus(duty.registerWithin()))"),
                forgets(
                        "that a register from the future will count",
                        "FileDutyFinding.java",
                        "                    .at(counts)\n"),
                forgets("a listing's age", "WholeDuties.java", ".at(at.plus(within))"),
                forgets(
                        "an audit's age",
                        "WholeDuties.java",
                        "        audit.ifPresent(at -> horizon.at(ages(at, duty.auditedWithin())));\n"),
                forgets(
                        "a head's age",
                        "WholeDuties.java",
                        "        head.ifPresent(at -> horizon.at(ages(at, duty.headWithin())));\n"));
    }

    private static Planted forgets(String what, String file, String text) {
        return forgets(what, file, text, "");
    }

    private static Planted forgets(String what, String file, String text, String instead) {
        return new Planted("forgets " + what, file, text, instead);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    void isNoticed(Planted mutant) throws Exception {
        assertThat(Laboratory.firstFailure(Laboratory.with(mutant), List.of(ValidUntilTest.class)))
                .as("a judgement that %s, and nobody noticed", mutant)
                .isPresent();
    }
}
