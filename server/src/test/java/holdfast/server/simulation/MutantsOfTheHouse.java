package holdfast.server.simulation;

import holdfast.server.simulation.Weather.Kind;
import java.util.List;
import java.util.Set;

/** Faults of the code that matter; each must be found by the simulation. */
@SuppressWarnings("StringConcatToTextBlock")
final class MutantsOfTheHouse {
    private MutantsOfTheHouse() {}

    /** Those of which a run has shown that the simulation finds them; a name here is a promise. */
    private static final Set<String> SHOWN = Set.of(
            "one bad read is enough for corrupt",
            "no second bad read confirms",
            "a suspect copy counts",
            "a corrupt copy counts",
            "an expired proof counts",
            "no copy is ordered for a corrupt one",
            "the mover takes damaged copies as sources",
            "a read from the buffer is recorded as one from the tape",
            "landing does not compare what the source gave",
            "canaries are ignored",
            "a registration of unknown outcome is said to be done",
            "a changed copy makes nothing due",
            "time makes nothing due",
            "what a listing leaves out is missing",
            "a source may delete what is not known to be short",
            "proofs are never renewed by the calendar",
            "what falls short is not written down",
            "proofs are dated when the answer comes",
            "a read-back that failed is ignored",
            "a write that was refused is taken as done");

    /** The ones that every run of the tests must find. */
    static List<Mutant> shown() {
        return all().stream().filter(m -> SHOWN.contains(m.name())).toList();
    }

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "one bad read is enough for corrupt",
                        Kind.ROUGH,
                        "fixity/Inspector.java",
                        "case ARRIVED, PROVED, MISSING, CLAIMED, RELEASING, RELEASED -> CopyState.SUSPECT;",
                        "case ARRIVED, PROVED, MISSING, CLAIMED, RELEASING, RELEASED -> confirmed;"),
                new Mutant(
                        "no second bad read confirms",
                        Kind.ROUGH,
                        "fixity/Inspector.java",
                        "case SUSPECT, CORRUPT, UNREADABLE -> confirmed;",
                        "case SUSPECT, CORRUPT, UNREADABLE -> CopyState.SUSPECT;"),
                new Mutant(
                        "a suspect copy counts",
                        Kind.ROUGH,
                        "judgement/CopyRules.java",
                        "case SUSPECT -> cap(MAY_COUNT,",
                        "case SUSPECT -> cap(COUNTS,"),
                new Mutant(
                        "a corrupt copy counts",
                        Kind.ROUGH,
                        "judgement/CopyRules.java",
                        "case CORRUPT -> cap(DOES_NOT_COUNT,",
                        "case CORRUPT -> cap(COUNTS,"),
                new Mutant(
                        "an expired proof counts",
                        Kind.AGES,
                        "judgement/CopyRules.java",
                        "if (!now.isBefore(late)) {",
                        "if (false) {"),
                new Mutant(
                        "an answer does not say until when it is valid",
                        Kind.AGES,
                        "judgement/CopyRules.java",
                        "horizon.at(late);",
                        ""),
                new Mutant(
                        "no copy is ordered for a corrupt one",
                        Kind.ROUGH,
                        "placement/Target.java",
                        "case CORRUPT, UNREADABLE, MISSING, RELEASED -> Optional.empty();",
                        "case CORRUPT, UNREADABLE, MISSING -> Optional.of(\"damaged\");\n"
                                + " case RELEASED -> Optional.empty();"),
                new Mutant(
                        "silence is excused for ever",
                        Kind.AGES,
                        "judgement/Reach.java",
                        "state = now.isBefore(silent.get().plus(limits.silence())) ? State.EXCUSED"
                                + " : State.SILENT_TOO_LONG;",
                        "state = State.EXCUSED;"),
                new Mutant(
                        "the mover takes damaged copies as sources",
                        Kind.ROUGH,
                        "server/movers/Sources.java",
                        ".filter(c -> c.state().stands() && !c.storage().equals(to))",
                        ".filter(c -> !c.storage().equals(to)).filter(c -> !c.state().stands()"
                                + " || holding.copies().stream().allMatch(o -> o.storage().equals(to)"
                                + " || o.state().stands()))"),
                new Mutant(
                        "a read from the buffer proves the tape",
                        Kind.ROUGH,
                        "judgement/ProofRule.java",
                        "case BUFFER -> proof.fromMedium() || (tape && taken.buffer());",
                        "case BUFFER -> true;"),
                new Mutant(
                        "a read from the buffer is recorded as one from the tape",
                        Kind.ROUGH,
                        "server/work/CopyReader.java",
                        "case ONLINE_ALREADY -> readOnline(target, ProofKind.BUFFER);",
                        "case ONLINE_ALREADY -> readOnline(target, ProofKind.MEDIUM);"),
                new Mutant(
                        "proofs are dated when the answer comes",
                        Kind.RACES,
                        "server/work/Inspecting.java",
                        "Instant at = seen.outcome() == Outcome.INTACT ? reading.began : place.now();",
                        "Instant at = place.now();"),
                new Mutant(
                        "bytes that came before a loss was found make it good",
                        Kind.AGES,
                        "server/work/Intake.java",
                        "c.state().isDamage() && c.since().isBefore(one.began)",
                        "c.state().isDamage()"),
                new Mutant(
                        "landing does not compare what the source gave",
                        Kind.ROUGH,
                        "server/movers/Landing.java",
                        "Optional<String> wrong = wrong(cargo, measured);\n            return wrong.isPresent()",
                        "Optional<String> wrong = Optional.empty();\n            return wrong.isPresent()"),
                new Mutant(
                        "bytes that stand at the path are taken without being compared",
                        Kind.DISASTER,
                        "server/movers/Landing.java",
                        "if (wrong(cargo, found).isEmpty() && cargo.expected().proves(found.digests())) {",
                        "if (found.size().equals(cargo.size())) {"),
                new Mutant(
                        "a write of unknown outcome is taken as done",
                        Kind.ROUGH,
                        "server/movers/Landing.java",
                        "case Written.Unknown unknown -> new Landed.Unknown(unknown.why());",
                        "case Written.Unknown unknown -> new Landed.Done(path(cargo, writing), writing,"
                                + " Optional.empty(), measured.digests());"),
                new Mutant(
                        "canaries are ignored",
                        Kind.ROUGH,
                        "server/work/Inspecting.java",
                        "return found instanceof Canaries.Found.Sound;",
                        "return found instanceof Canaries.Found;"),
                new Mutant(
                        "damage is believed although the reader broke in the middle",
                        Kind.RACES,
                        "server/work/Inspecting.java",
                        ": canaries.check(reader, brought);",
                        ": found;"),
                new Mutant(
                        "what an element does not tell is held against the copy",
                        Kind.AGES,
                        "server/work/CopyReader.java",
                        "if (answers() && driver.look(target.path()) instanceof Seen.Unreachable && answers()) {",
                        "if (answers()) {"),
                new Mutant(
                        "a write that was refused is taken as done",
                        Kind.ROUGH,
                        "server/movers/Landing.java",
                        "case Written.Refused refused -> new Landed.TargetRefused(refused.why());",
                        "case Written.Refused refused -> new Landed.Done(path(cargo, writing), writing,"
                                + " Optional.empty(), measured.digests());"),
                new Mutant(
                        "missing is believed while the element is silent",
                        Kind.DISASTER,
                        "server/work/CopyReader.java",
                        "if (answers() && driver.look(target.path()) instanceof Seen.Absent && answers()) {",
                        "if (driver.look(target.path()) instanceof Seen.Absent) {"),
                new Mutant(
                        "a registration of unknown outcome is said to be done",
                        Kind.ROUGH,
                        "server/work/Intake.java",
                        "undo(ready, outcomes, \"not known whether it was registered (\" + unknown.why() + \");"
                                + " send it again\");",
                        "{}"),
                new Mutant(
                        "a read-back that failed is ignored",
                        Kind.ROUGH,
                        "server/work/Intake.java",
                        "if (one.readBack.wrong.isPresent()) {",
                        "if (false) {"),
                new Mutant(
                        "the epoch is not checked when a copy arrived",
                        Kind.RACES,
                        "server/movers/Mover.java",
                        "if (!good.contains(trip.lease())) {",
                        "if (false) {"),
                new Mutant(
                        "holdings are read and not locked",
                        Kind.RACES,
                        "server/sql/Holdings.java",
                        "List<FileRow> locked = files.lock(connection, keys);",
                        "List<FileRow> locked = files.of(connection, keys);"),
                new Mutant(
                        "an inspection is recorded over whatever came meanwhile",
                        Kind.RACES,
                        "server/work/Inspecting.java",
                        "if (holding != null && holding.copies().contains(inspection.copy())) {",
                        "if (holding != null) {"),
                new Mutant(
                        "a changed copy makes nothing due",
                        Kind.ROUGH,
                        "server/sql/Rows.java",
                        "        copies.write(connection, fact.copies());\n"
                                + "        due.names(connection, ids(fact));\n"
                                + "        if (fact instanceof FixityFact",
                        "        copies.write(connection, fact.copies());\n"
                                + "        if (fact instanceof FixityFact"),
                new Mutant(
                        "time makes nothing due",
                        Kind.AGES,
                        "server/sql/Homes.java",
                        "from tally t where t.duty = -1 and",
                        "from tally t where t.duty = -2 and"),
                new Mutant(
                        "silence makes nothing due",
                        Kind.AGES,
                        "server/sql/Rows.java",
                        "if (matters(changed.cause())) {",
                        "if (changed.cause() != ConditionChanged.Cause.FELL_SILENT && matters(changed.cause())) {"),
                new Mutant(
                        "what a listing leaves out is missing",
                        Kind.ROUGH,
                        "server/work/CopyReader.java",
                        "return switch (driver.look(target.path())) {\n"
                                + "            case Seen.Absent _ -> absent(target);\n"
                                + "            case Seen.Unreachable unreachable -> notTold(target, unreachable.why());\n"
                                + "            case Seen.Present present -> {",
                        "boolean[] listed = {false};\n"
                                + "        try {\n"
                                + "            driver.list(l -> listed[0] |= l.path().equals(target.path()));\n"
                                + "        } catch (IOException e) {\n"
                                + "            listed[0] = true;\n"
                                + "        }\n"
                                + "        if (!listed[0]) {\n"
                                + "            return Sighting.bad(Outcome.MISSING, \"\");\n"
                                + "        }\n"
                                + "        return switch (driver.look(target.path())) {\n"
                                + "            case Seen.Absent _ -> absent(target);\n"
                                + "            case Seen.Unreachable unreachable -> notTold(target, unreachable.why());\n"
                                + "            case Seen.Present present -> {"),
                new Mutant(
                        "a source may delete what is not known to be short",
                        Kind.ROUGH,
                        "server/work/ReleaseList.java",
                        ".filter(a -> a.verdict() != Verdict.MET)",
                        ".filter(a -> a.verdict() == Verdict.BREACHED)"),
                new Mutant(
                        "an element without its mark is marked as new",
                        Kind.DISASTER,
                        "server/work/Watcher.java",
                        "driver.initialise(isNew)",
                        "driver.initialise(true)"),
                new Mutant(
                        "the sequencer does not wait for open transactions",
                        Kind.RACES,
                        "server/sql/Sequencer.java",
                        "write(connection, passed && all ? state.moved(mark) : state);",
                        "write(connection, all ? state.moved(mark) : state);"),
                new Mutant(
                        "proofs are never renewed by the calendar",
                        Kind.FAIR,
                        "server/work/FixityWorker.java",
                        "orElse(byCalendar);",
                        "orElse(Instant.EPOCH);"),
                new Mutant(
                        "what falls short is not written down",
                        Kind.FAIR,
                        "server/sql/Summaries.java",
                        "shortfalls(connection, slice, attended.shortfalls(), now);",
                        "shortfalls(connection, slice, List.of(), now);"));
    }
}
