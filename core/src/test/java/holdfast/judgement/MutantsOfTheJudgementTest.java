package holdfast.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.house.Planted;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong judgements, each planted in a copy of the sources: the named tests of the table must notice every one. */
class MutantsOfTheJudgementTest {
    private static final String COPY = "CopyRules.java";
    private static final String FILE = "FileJudgement.java";
    private static final String WHOLE = "FileDutyFinding.java";
    private static final String CLAUSE = "ClauseJudgement.java";
    private static final String SHARES = "ShareFigures.java";

    static List<Planted> mutants() {
        return List.of(
                new Planted("a cache counts", COPY, "!element.get().isArchival()", "false"),
                new Planted(
                        "no read-back is needed",
                        COPY,
                        "worsen(now.isBefore(end) ? MAY_COUNT : DOES_NOT_COUNT);",
                        "worsen(COUNTS);"),
                new Planted(
                        "a copy never read back may count for ever",
                        COPY,
                        "worsen(now.isBefore(end) ? MAY_COUNT : DOES_NOT_COUNT);",
                        "worsen(MAY_COUNT);"),
                new Planted("an expired proof is MET", COPY, "if (!now.isBefore(late)) {", "if (false) {"),
                new Planted(
                        "no proof at all counts",
                        COPY,
                        "if (proof.isEmpty() || proof.get().at().isBefore(copy.writtenAt())) {",
                        "if (proof.isEmpty()) {\n return Optional.empty();\n }\n"
                                + " if (proof.get().at().isBefore(copy.writtenAt())) {"),
                new Planted(
                        "a proof older than the bytes counts",
                        COPY,
                        "proof.isEmpty() || proof.get().at().isBefore(copy.writtenAt())",
                        "proof.isEmpty()"),
                new Planted("a proof from the future counts", COPY, "if (counts.isAfter(now)) {", "if (false) {"),
                new Planted(
                        "a suspect copy counts", COPY, "case SUSPECT -> cap(MAY_COUNT,", "case SUSPECT -> cap(COUNTS,"),
                new Planted(
                        "a corrupt copy may count",
                        COPY,
                        "case CORRUPT -> cap(DOES_NOT_COUNT,",
                        "case CORRUPT -> cap(MAY_COUNT,"),
                new Planted(
                        "a site silent for ever is MET",
                        COPY,
                        "case SILENT_TOO_LONG -> cap(MAY_COUNT,",
                        "case SILENT_TOO_LONG -> cap(COUNTS,"),
                new Planted(
                        "an element in downtime is accessible",
                        COPY,
                        "case EXCUSED -> cap(MAY_COUNT,",
                        "case EXCUSED -> cap(COUNTS,"),
                new Planted(
                        "a chain of downtimes excuses for ever",
                        "Reach.java",
                        "return covering.map(begin -> followBack(condition, limits, begin));",
                        "return covering;"),
                new Planted(
                        "a read from the buffer proves the tape",
                        "ProofRule.java",
                        "case BUFFER -> proof.fromMedium() || (tape && taken.buffer());",
                        "case BUFFER -> true;"),
                new Planted(
                        "what the site says proves the copy",
                        "ProofRule.java",
                        "case SITE_SAYS, CARTRIDGE_SAMPLE -> proof.fromMedium();",
                        "case SITE_SAYS, CARTRIDGE_SAMPLE -> true;"),
                new Planted(
                        "a cartridge sample renews proofs where the plan does not say so",
                        "ProofRule.java",
                        "case CARTRIDGE_SAMPLE -> tape && taken.sample();",
                        "case CARTRIDGE_SAMPLE -> tape;"),
                new Planted(
                        "what the site says is an inspection",
                        "CalendarDuty.java",
                        "case SITE_SAYS -> false;",
                        "case SITE_SAYS -> true;"),
                new Planted(
                        "a copy may stay in the buffer alone until its read-back is due",
                        COPY,
                        "copy.writtenAt().plus(isInBufferOnly() ? bufferOnly() : limits.readBack());",
                        "copy.writtenAt().plus(limits.readBack());"),
                new Planted(
                        "a survivor at the wrong site serves",
                        FILE,
                        "standings.stream().filter(copy -> serves(sites, copy)).toList();",
                        "standings;"),
                new Planted(
                        "two copies at one site count two",
                        "Count.java",
                        "return new Count(certain.size(), possible.size(), among);",
                        "return new Count((int) among.stream().filter(CopyStanding::counts).count(),"
                                + " (int) among.stream().filter(CopyStanding::mayCount).count(), among);"),
                new Planted("what may count is enough", "Count.java", "if (lo >= asked) {", "if (hi >= asked) {"),
                new Planted(
                        "an unknown failure domain is different",
                        "Independence.java",
                        "return largest(known, domains, 0, List.of());",
                        "return largest(List.copyOf(elements), domains, 0, List.of());"),
                new Planted(
                        "a file with one copy has nothing to compare",
                        FILE,
                        "new Count(lo, hi, standings)",
                        "new Count(hi < 2 ? duty.copies() : lo, hi, standings)"),
                new Planted(
                        "a lost file is no subject", FILE, "Verdict.BREACHED, Code.LOST,", "Verdict.MET, Code.LOST,"),
                new Planted(
                        "repairs have grace",
                        "Grace.java",
                        "&& holding.copies().stream().noneMatch(copy -> copy.state().isDamage())",
                        ""),
                new Planted("grace is given again and again", "Grace.java", "!file.placed()", "true"),
                new Planted("grace never ends", "Grace.java", "begun && now.isBefore(end)", "begun"),
                new Planted("grace needs no source", "Grace.java", "&& file.source().state() == SourceState.HELD", ""),
                new Planted(
                        "arriving is met",
                        "Tally.java",
                        "return subjects - breached - undetermined - arriving;",
                        "return subjects - breached - undetermined;"),
                new Planted(
                        "an empty set is MET",
                        WHOLE,
                        "finding.worsen(Verdict.UNDETERMINED, Code.NOTHING_TO_JUDGE, \"nothing to judge\");",
                        ""),
                new Planted(
                        "an old register tells",
                        WHOLE,
                        "if (!isInDate(register, duty.registerWithin())) {",
                        "if (false) {"),
                new Planted(
                        "no register is needed",
                        WHOLE,
                        "finding.worsen(Verdict.UNDETERMINED, Code.NO_REGISTER,",
                        "finding.note(Code.NO_REGISTER,"),
                new Planted("runs need no close record", WHOLE, "if (register.openRuns() > 0) {", "if (false) {"),
                new Planted(
                        "a file's run needs no close record",
                        "RegisterDuty.java",
                        "if (counts.isEmpty() || counts.get().isAfter(now)) {",
                        "if (false) {"),
                new Planted(
                        "dark raw files are no matter",
                        WHOLE,
                        "condition.listing().map(l -> l.darkRaw() > 0).orElse(false)",
                        "false"),
                new Planted("stale tallies hold", WHOLE, "if (!now.isBefore(tally.validUntil())) {", "if (false) {"),
                new Planted(
                        "a waiver makes MET",
                        CLAUSE,
                        "Optional.empty() : Optional.of(verdict),",
                        "Optional.empty() : Optional.of(waived() > 0 ? Verdict.MET : verdict),"),
                new Planted(
                        "a share off decides the verdict",
                        CLAUSE,
                        "Optional<Shares> shares = shares();",
                        "Optional<Shares> shares = shares();\n verdict = shares.filter(s -> s.state() =="
                                + " Shares.State.OFF).map(s -> Verdict.BREACHED).orElse(verdict);"),
                new Planted(
                        "an unconfirmed share is IN",
                        SHARES,
                        "return period.confirmed() ? State.IN : State.UNCONFIRMED;",
                        "return State.IN;"),
                new Planted("a table with a gap is agreed", SHARES, "if (period.gap().isPresent()) {", "if (false) {"),
                new Planted(
                        "the tolerance is in points, not relative",
                        SHARES,
                        "agreed.getValue() * follow.withinPercent() / 100 + ROUNDING",
                        "follow.withinPercent() + ROUNDING"));
    }

    @Test
    void theSourcesAsTheyArePassEveryNamedTest() throws Exception {
        assertThat(Laboratory.firstFailure(Laboratory.asItIs(), Laboratory.namedTests()))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    void isKilledByANamedTest(Planted mutant) throws Exception {
        assertThat(Laboratory.firstFailure(Laboratory.with(mutant), Laboratory.namedTests()))
                .as("the judgement believes that %s, and no named test noticed", mutant)
                .isPresent();
    }
}
