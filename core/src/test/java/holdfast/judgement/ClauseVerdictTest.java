package holdfast.judgement;

import static holdfast.judgement.Scene.*;
import static holdfast.judgement.Verdict.BREACHED;
import static holdfast.judgement.Verdict.MET;
import static holdfast.judgement.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow;
import holdfast.judgement.ClauseVerdict.Coverage;
import holdfast.judgement.ClauseVerdict.Shares.State;
import holdfast.judgement.Reason.Code;
import holdfast.judgement.Whole.JournalState;
import holdfast.judgement.Whole.RegisterState;
import holdfast.plan.Agreement;
import holdfast.plan.Basis;
import holdfast.plan.Clause;
import holdfast.plan.Clause.Standing;
import holdfast.plan.Duty;
import holdfast.plan.Level.Audience;
import holdfast.plan.MemberSource;
import holdfast.plan.Obligation;
import holdfast.plan.Waiver;
import holdfast.storage.Condition.Listing;
import holdfast.storage.DoorProbe.OpenDoor;
import holdfast.storage.StorageElement.Use;
import holdfast.storage.Visitor;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StoragePath;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the table says of whole clauses: empty sets, registers, listings, waivers, shares, and how long each holds. */
class ClauseVerdictTest {
    private final Scene world = new Scene();
    private final List<Scene> files = new ArrayList<>();
    private Optional<RegisterState> register = Optional.empty();
    private JournalState journal = new JournalState(Optional.of(days(-0.1)), true, Optional.of(days(-0.01)));
    private List<Waiver> waivers = List.of();
    private Optional<Digest> adopted = Optional.of(PLAN);
    private Map<ClassId, Map<LocalDate, Map<SiteName, ByteSize>>> held = Map.of();

    private static Clause clause(String id, Set<ClassId> about, Obligation... must) {
        return new Clause(
                new ClauseId(id),
                "2.4.1",
                "Something is kept.",
                "collaboration",
                Optional.of(LEVEL),
                about,
                Standing.DUTY,
                List.of(must).stream().map(ClauseVerdictTest::duty).toList(),
                List.of(duty(new Obligation.FollowShares(MOU, 10))),
                Optional.empty(),
                Optional.empty(),
                true);
    }

    private static Clause raw(Obligation... must) {
        return clause("P-26", Set.of(RAW), must);
    }

    private static Clause whole(Obligation... must) {
        return clause("D-1", Set.of(), must);
    }

    private static Clause measure(Clause c, Standing standing, Optional<String> measure) {
        return new Clause(
                c.id(),
                c.section(),
                c.says(),
                c.binds(),
                c.level(),
                c.about(),
                standing,
                c.must(),
                c.agreed(),
                Optional.of("a journal keeps it"),
                measure,
                c.waivable());
    }

    private static Duty duty(Obligation obligation) {
        return new Duty(obligation, Basis.PLAN, Optional.empty());
    }

    private ClauseVerdict judge(Clause clause) {
        return judge(clause, NOW);
    }

    /** Adds the files up as a server would. */
    private ClauseVerdict judge(Clause clause, Instant at) {
        world.clause(clause);
        return Judge.judgeWhole(clause, subjects(clause, at), world.surroundings(), whole(), at);
    }

    private Subjects subjects(Clause clause, Instant at) {
        Map<Duty, Tally> tallies = new HashMap<>();
        Tally worst = Tally.NONE;
        List<ClauseVerdict.Failing> named = new ArrayList<>();
        Set<DataId> waivedShort = new java.util.HashSet<>();
        for (Scene file : files) {
            List<Answer> answers = new ArrayList<>();
            for (Duty duty : clause.must()) {
                if (Judge.isSubject(duty.obligation(), file.holding())) {
                    Answer answer = file.judge(duty.obligation(), at);
                    answers.add(answer);
                    tallies.merge(duty, Tally.of(answer, LONG_AGO), Tally::plus);
                }
            }
            if (!answers.isEmpty()) {
                Answer answer = Judge.worst(answers);
                worst = worst.plus(Tally.of(answer, LONG_AGO));
                if (answer.fallsShort()) {
                    named.add(new ClauseVerdict.Failing(
                            ID.toString(), Optional.of(ID), answer.verdict(), answer.reasons()));
                    waivedShort.add(ID);
                }
            }
        }
        return new Subjects(tallies, worst, named, waivedShort);
    }

    private Whole whole() {
        return new Whole(register, journal, waivers, adopted, held);
    }

    private Scene file() {
        Scene file = new Scene();
        files.add(file);
        return file;
    }

    private static List<Code> codes(ClauseVerdict verdict) {
        return verdict.reasons().stream().map(Reason::code).toList();
    }

    private static RegisterState register(double daysAgo, long expected, long open) {
        return new RegisterState(
                "run registry", days(-daysAgo), 3, expected, open, open == 0 ? List.of() : List.of("e1/r7"));
    }

    private static Waiver waiver(String clause, double from, double until) {
        return new Waiver(
                new UUID(1, 2),
                new ClauseId(clause),
                Set.of(ID),
                new Actor("owner"),
                new Actor("signer"),
                "tape robot is moved",
                days(from),
                days(until));
    }

    private void expect(Verdict verdict, ClauseVerdict found) {
        assertThat(found.verdict()).as("%s", found.reasons()).contains(verdict);
    }

    @Nested
    class WorstOf {
        @Test
        void breachedGoesOverUndeterminedOverMet() {
            file().proved(KEK_TAPE, BNL_TAPE);
            expect(MET, judge(raw(P_23)));
            file().proved(KEK_TAPE).arrived(BNL_TAPE, 1);
            expect(UNDETERMINED, judge(raw(P_23)));
            file().proved(KEK_TAPE);
            expect(BREACHED, judge(raw(P_23)));
        }

        @Test
        void aFileWithNoCopyIsTheWorstAndIsNeverDropped() {
            file().proved(KEK_TAPE, BNL_TAPE);
            file();
            ClauseVerdict verdict = judge(raw(P_22));
            expect(BREACHED, verdict);
            assertThat(verdict.subjects()).isEqualTo(2);
            assertThat(verdict.failing()).isEqualTo(1);
            assertThat(verdict.named()).hasSize(1);
        }

        @Test
        void aFileThatFailsTwoDutiesCountsOnce() {
            file().proved(KEK_TAPE);
            ClauseVerdict verdict = judge(raw(P_23, P_26));
            assertThat(verdict.failing()).isEqualTo(1);
            assertThat(verdict.duties()).hasSize(2).allMatch(d -> d.verdict() == BREACHED);
        }

        @Test
        void arrivingFilesStandBesideInNeitherNumber() {
            file().proved(KEK_TAPE, BNL_TAPE);
            file().mentioned(1).proved(KEK_TAPE, 0.5);
            ClauseVerdict verdict = judge(raw(P_26));
            expect(MET, verdict);
            assertThat(verdict.subjects()).isEqualTo(2);
            assertThat(verdict.arriving()).isEqualTo(1);
            assertThat(verdict.oldestArriving()).contains(LONG_AGO);
            assertThat(verdict.failing() + verdict.undetermined()).isZero();
            assertThat(verdict.coverage()).contains(new Coverage(1, 1));
            assertThat(verdict.validUntil()).isEqualTo(days(2));
        }

        @Test
        void aFileThatIsArrivingForOneDutyAndFailsAnotherFails() {
            file().mentioned(1).proved(KEK_TAPE, 0.5).belongs(Optional.empty());
            ClauseVerdict verdict = judge(raw(P_23, P_7));
            expect(BREACHED, verdict);
            assertThat(verdict.arriving()).isZero();
            assertThat(verdict.failing()).isEqualTo(1);
        }

        @Test
        void aStatementHasNoVerdict() {
            file();
            assertThat(judge(measure(raw(P_23), Standing.STATEMENT, Optional.empty()))
                            .verdict())
                    .isEmpty();
        }

        @Test
        void whatNothingMeasuresIsNeverGreen() {
            file().proved(KEK_TAPE, BNL_TAPE);
            ClauseVerdict verdict = judge(raw(P_23, new Obligation.Unmeasured("linked-to", "a graph of records")));
            expect(UNDETERMINED, verdict);
            assertThat(verdict.reasons()).extracting(Reason::text).anyMatch(t -> t.contains("a graph of records"));
            expect(UNDETERMINED, judge(measure(raw(P_23), Standing.DUTY, Optional.of("a restore test"))));
            expect(UNDETERMINED, judge(raw()));
        }

        @Test
        void talliesOlderThanTheirEndAreShownUndetermined() {
            file().proved(KEK_TAPE, BNL_TAPE);
            Clause clause = raw(P_23);
            Subjects then = subjects(clause, NOW);
            Instant later = then.worst().validUntil();
            ClauseVerdict verdict = Judge.judgeWhole(clause, then, world.surroundings(), whole(), later);
            expect(UNDETERMINED, verdict);
            assertThat(codes(verdict)).contains(Code.BEING_RECOMPUTED);
        }
    }

    @Nested
    class NoSubjects {
        @Test
        void isUndeterminedWithNothingToJudge() {
            for (Obligation obligation : List.of(P_23, P_25, P_26, P_22, P_24, P_2, P_1, P_7)) {
                ClauseVerdict verdict = judge(raw(obligation));
                expect(UNDETERMINED, verdict);
                assertThat(codes(verdict)).containsExactly(Code.NOTHING_TO_JUDGE);
            }
        }

        @Test
        void isUndeterminedForTheRegisterToo() {
            expect(UNDETERMINED, judge(raw(P_6)));
        }

        @Test
        void isMetWhenARegisterInDateProvesZero() {
            world.clause(clause("P-6", Set.of(RAW), P_6));
            register = Optional.of(register(0.5, 0, 0));
            ClauseVerdict verdict = judge(raw(P_23));
            expect(MET, verdict);
            assertThat(codes(verdict)).containsExactly(Code.ZERO_PROVEN);
            assertThat(verdict.validUntil()).isEqualTo(days(0.5));
        }

        @Test
        void isUndeterminedWhenTheRegisterIsOldOrHasOpenRunsOrExpectsFiles() {
            world.clause(clause("P-6", Set.of(RAW), P_6));
            register = Optional.of(register(1, 0, 0));
            expect(UNDETERMINED, judge(raw(P_23)));
            register = Optional.of(register(0.5, 0, 1));
            expect(UNDETERMINED, judge(raw(P_23)));
            register = Optional.of(register(0.5, 3, 0));
            expect(UNDETERMINED, judge(raw(P_23)));
        }

        @Test
        void isUndeterminedWhenNoRegisterSpeaksOfTheClass() {
            register = Optional.of(register(0.5, 0, 0));
            expect(UNDETERMINED, judge(raw(P_23)));
        }

        @Test
        void aFileThatIsOnlyExpectedIsASubjectOfTheRegisterAlone() {
            file().notHere().expected(1000, Optional.of(days(-1)));
            expect(UNDETERMINED, judge(raw(P_23)));
            register = Optional.of(register(0.5, 1, 0));
            expect(BREACHED, judge(raw(P_6)));
        }

        @Test
        void onlyArrivingOnesAreNothingToJudgeEither() {
            file().mentioned(1).proved(KEK_TAPE, 0.5);
            expect(UNDETERMINED, judge(raw(P_23)));
        }
    }

    @Nested
    class AgainstARegister {
        private ClauseVerdict verdict() {
            file().proved(KEK_TAPE).expected(1000, Optional.of(days(-1)));
            return judge(raw(P_6));
        }

        @Test
        void inDateAndClosedIsMetUntilItAges() {
            register = Optional.of(register(0.5, 1, 0));
            ClauseVerdict verdict = verdict();
            expect(MET, verdict);
            assertThat(verdict.validUntil()).isEqualTo(days(0.5));
            expect(UNDETERMINED, judge(raw(P_6), days(0.5)));
        }

        @Test
        void withoutOneIsUndetermined() {
            expect(UNDETERMINED, verdict());
        }

        @Test
        void olderThanADayIsUndetermined() {
            register = Optional.of(register(1, 1, 0));
            ClauseVerdict verdict = verdict();
            expect(UNDETERMINED, verdict);
            assertThat(codes(verdict)).containsExactly(Code.REGISTER_OLD);
        }

        @Test
        void fromTheFutureIsUndetermined() {
            register = Optional.of(register(-1, 1, 0));
            expect(UNDETERMINED, verdict());
        }

        @Test
        void withARunWithoutCloseRecordIsUndeterminedAndNamesIt() {
            register = Optional.of(register(0.5, 1, 1));
            ClauseVerdict verdict = verdict();
            expect(UNDETERMINED, verdict);
            assertThat(verdict.reasons().getFirst().text())
                    .contains("1 of 3 runs")
                    .contains("e1/r7");
        }

        @Test
        void withDarkFilesUnderARawPathIsUndetermined() {
            register = Optional.of(register(0.5, 1, 0));
            world.listed(KEK_TAPE, new Listing(days(-1), 10, 0, 2, 1));
            ClauseVerdict verdict = verdict();
            expect(UNDETERMINED, verdict);
            assertThat(codes(verdict)).containsExactly(Code.DARK_RAW);
            world.listed(KEK_TAPE, new Listing(days(-1), 10, 0, 2, 0));
            expect(MET, judge(raw(P_6)));
        }

        @Test
        void aMissingFileIsBreachedWhateverTheRegistersAge() {
            register = Optional.of(register(2, 2, 0));
            file().notHere().expected(1000, Optional.of(days(-1)));
            expect(BREACHED, verdict());
        }

        @Test
        void aLostFileIsBreached() {
            register = Optional.of(register(0.5, 1, 0));
            file().proved(KEK_TAPE).expected(1000, Optional.of(days(-1))).file(FileRow::declareLost);
            expect(BREACHED, judge(raw(P_6)));
        }
    }

    @Nested
    class Listings {
        private final Clause p3 = clause("P-3", Set.of(), new Obligation.Catalogued(Duration.ofDays(30)));

        private void allListed(double daysAgo) {
            world.surroundings()
                    .sites()
                    .all()
                    .forEach(e -> world.listed(e.name(), new Listing(days(-daysAgo), 5, 0, 0, 0)));
        }

        @Test
        void ofAllElementsInDateAreMet() {
            allListed(2);
            ClauseVerdict verdict = judge(p3);
            expect(MET, verdict);
            assertThat(verdict.subjects()).isEqualTo(7);
            assertThat(verdict.validUntil()).isEqualTo(days(28));
            expect(UNDETERMINED, judge(p3, days(28)));
        }

        @Test
        void aRowWithoutBytesIsBreachedAndNamesTheElement() {
            allListed(2);
            world.listed(DESY_DISK, new Listing(days(-2), 5, 1, 0, 0));
            ClauseVerdict verdict = judge(p3);
            expect(BREACHED, verdict);
            assertThat(verdict.failing()).isEqualTo(1);
            assertThat(verdict.named().getFirst().subject()).isEqualTo("DESY-DISK");
        }

        @Test
        void aLateListingIsUndetermined() {
            allListed(30);
            expect(UNDETERMINED, judge(p3));
        }

        @Test
        void anElementNeverListedIsUndetermined() {
            expect(UNDETERMINED, judge(p3));
        }

        @Test
        void darkDerivedFilesAreAFinding() {
            allListed(2);
            world.listed(DESY_DISK, new Listing(days(-2), 5, 0, 3, 0));
            ClauseVerdict verdict = judge(p3);
            expect(MET, verdict);
            assertThat(codes(verdict)).containsExactly(Code.DARK);
        }

        @Test
        void anElementWhoseSiteLeftIsNoSubject() {
            allListed(2);
            world.listed(DESY_DISK, new Listing(days(-200), 5, 9, 3, 0)).use(DESY_DISK, Use.LEFT);
            expect(MET, judge(p3));
        }
    }

    @Nested
    class Doors {
        private static final Duration DAILY = Duration.ofHours(24);
        private final Clause p21 = clause("P-21", Set.of(RAW), new Obligation.OpenTo(Audience.MEMBERS, DAILY));
        private final OpenDoor open = new OpenDoor(
                Visitor.ANONYMOUS, new StoragePath("raw/e1/file.root"), days(-0.2), "GET answered 200 with bytes");

        private void allRefuse(double daysAgo) {
            world.surroundings().sites().all().forEach(e -> world.refused(e.name(), daysAgo, 3));
        }

        @Test
        void thatRefuseAllOutsidersAreMetForThePlansPeriod() {
            allRefuse(0.25);
            ClauseVerdict verdict = judge(p21);
            expect(MET, verdict);
            assertThat(verdict.subjects()).isEqualTo(7);
            assertThat(verdict.oldestProof()).hasValue(days(-0.25));
            assertThat(verdict.validUntil()).isEqualTo(days(0.75));
            expect(MET, judge(p21, days(0.75).minusSeconds(1)));
            expect(UNDETERMINED, judge(p21, days(0.75)));
            assertThat(codes(judge(p21, days(0.75)))).containsOnly(Code.NOT_PROBED);
        }

        @Test
        void areUndeterminedWhileNobodySaysWhoTheMembersAre() {
            allRefuse(0.25);
            world.members(MemberSource.EXPORT, Optional.empty());
            expect(UNDETERMINED, judge(p21));
            assertThat(codes(judge(p21))).containsExactly(Code.MEMBERS_SILENT);
            world.members(MemberSource.EXPORT, Optional.of(days(-0.5)));
            expect(MET, judge(p21));
            assertThat(judge(p21).validUntil()).isEqualTo(days(0.5));
            expect(MET, judge(p21, days(0.5).minusSeconds(1)));
            expect(UNDETERMINED, judge(p21, days(0.5)));
            assertThat(codes(judge(p21, days(0.5)))).containsExactly(Code.MEMBERS_SILENT);
            world.members(MemberSource.EXPORT, Optional.of(days(1)));
            expect(UNDETERMINED, judge(p21));
            assertThat(judge(p21).validUntil()).isEqualTo(days(0.75));
        }

        @Test
        void thatAreOpenAreBreachedWhoeverTheMembersAre() {
            allRefuse(0.25);
            world.members(MemberSource.EXPORT, Optional.empty());
            world.door(DESY_DISK, 0.2, 3, Optional.empty(), List.of(open));
            expect(BREACHED, judge(p21));
        }

        @Test
        void needNoWordWhereMembersAreTheAccounts() {
            allRefuse(0.25);
            world.members(new MemberSource(MemberSource.From.ACCOUNTS, Duration.ofHours(24)), Optional.empty());
            expect(MET, judge(p21));
            assertThat(codes(judge(p21))).containsExactly(Code.MEMBERS_ARE_ACCOUNTS);
        }

        @Test
        void thatNobodyTriedAreUndetermined() {
            expect(UNDETERMINED, judge(p21));
            allRefuse(0.1);
            world.neverTried(DESY_DISK);
            ClauseVerdict verdict = judge(p21);
            expect(UNDETERMINED, verdict);
            assertThat(codes(verdict)).containsExactly(Code.NOT_PROBED);
            assertThat(verdict.named().getFirst().subject()).isEqualTo("DESY-DISK");
        }

        @Test
        void thatLetOneOutsiderInAreBreachedWithTheFilesName() {
            allRefuse(0.1);
            world.door(DESY_DISK, 0.2, 3, Optional.empty(), List.of(open));
            ClauseVerdict verdict = judge(p21);
            expect(BREACHED, verdict);
            assertThat(verdict.failing()).isEqualTo(1);
            assertThat(verdict.named().getFirst().subject()).isEqualTo("DESY-DISK");
            assertThat(verdict.reasons().getFirst().text())
                    .contains("DESY-DISK: raw/e1/file.root is open to somebody without a name: GET answered 200");
        }

        @Test
        void thatWereOpenStayBreachedUntilTheyAreSeenClosed() {
            allRefuse(0.1);
            world.door(DESY_DISK, 5, 3, Optional.empty(), List.of(open));
            expect(BREACHED, judge(p21));
            world.door(DESY_DISK, 0.1, 3, Optional.of("the server did not answer"), List.of(open));
            expect(BREACHED, judge(p21));
            world.refused(DESY_DISK, 0.1, 3);
            expect(MET, judge(p21));
        }

        @Test
        void thatDoNotAnswerAreUndetermined() {
            allRefuse(0.1);
            world.door(DESY_DISK, 0.1, 3, Optional.of("the server did not answer"), List.of());
            ClauseVerdict verdict = judge(p21);
            expect(UNDETERMINED, verdict);
            assertThat(codes(verdict)).containsOnly(Code.DOOR_NOT_KNOWN);
            assertThat(verdict.reasons().getFirst().text()).contains("the server did not answer");
        }

        @Test
        void ofAProbeFromTheFutureAreUndeterminedUntilItIsPossible() {
            world.members(new MemberSource(MemberSource.From.EXPORT, Duration.ofDays(2)), Optional.of(NOW));
            allRefuse(-1);
            ClauseVerdict verdict = judge(p21);
            expect(UNDETERMINED, verdict);
            assertThat(verdict.validUntil()).isEqualTo(days(1).minus(Duration.ofMinutes(5)));
            expect(MET, judge(p21, days(1)));
        }

        @Test
        void ofAnElementWithoutSuchFilesAreNoSubject() {
            allRefuse(0.1);
            world.refused(LAB_DISK, 0.3, 0);
            ClauseVerdict verdict = judge(p21);
            expect(MET, verdict);
            assertThat(verdict.subjects()).isEqualTo(6);
            assertThat(verdict.validUntil()).isEqualTo(days(0.7));
        }

        @Test
        void ofAnElementWhoseSiteLeftAreNoSubject() {
            allRefuse(0.1);
            world.neverTried(DESY_DISK).use(DESY_DISK, Use.LEFT);
            expect(MET, judge(p21));
        }

        @Test
        void thatHideNothingProveNothing() {
            world.surroundings().sites().all().forEach(e -> world.refused(e.name(), 0.1, 0));
            ClauseVerdict verdict = judge(p21);
            expect(UNDETERMINED, verdict);
            assertThat(codes(verdict)).containsExactly(Code.NOTHING_TO_JUDGE);
        }

        @Test
        void ofRecordsAreNotTriedYet() {
            allRefuse(0.1);
            ClauseVerdict verdict =
                    judge(clause("P-32", Set.of(RECORDS), new Obligation.OpenTo(Audience.MEMBERS, DAILY)));
            expect(UNDETERMINED, verdict);
            assertThat(codes(verdict)).containsExactly(Code.NOT_MEASURED);
            expect(
                    UNDETERMINED,
                    judge(clause("P-19", Set.of(RAW, RECORDS), new Obligation.OpenTo(Audience.MEMBERS, DAILY))));
        }

        @Test
        void thatShouldBeOpenToEverybodyAreNotTriedYet() {
            allRefuse(0.1);
            expect(UNDETERMINED, judge(clause("P-33", Set.of(RAW), new Obligation.OpenTo(Audience.PUBLIC, DAILY))));
        }
    }

    @Nested
    class Waived {
        @Test
        void leavesTheVerdictAndStandsBesideIt() {
            file().proved(KEK_TAPE);
            waivers = List.of(waiver("P-26", -1, 10));
            ClauseVerdict verdict = judge(raw(P_26));
            expect(BREACHED, verdict);
            assertThat(verdict.failing()).isEqualTo(1);
            assertThat(verdict.waived()).isEqualTo(1);
            assertThat(verdict.validUntil()).isEqualTo(days(10));
        }

        @Test
        void lapsesByItself() {
            file().proved(KEK_TAPE);
            waivers = List.of(waiver("P-26", -10, 0));
            assertThat(judge(raw(P_26)).waived()).isZero();
        }

        @Test
        void countsNothingForAnotherClauseOrAMetFile() {
            file().proved(KEK_TAPE);
            waivers = List.of(waiver("P-25", -1, 10));
            assertThat(judge(raw(P_26)).waived()).isZero();
            waivers = List.of(waiver("P-26", -1, 10));
            assertThat(judge(raw(P_25)).waived()).isZero();
        }
    }

    @Nested
    class Shared {
        private void held(long bnl, long desy, long kit) {
            Map<SiteName, ByteSize> sites = Map.of(
                    BNL, new ByteSize(bnl), DESY, new ByteSize(desy), KIT, new ByteSize(kit), KEK, new ByteSize(999));
            held = Map.of(RAW, Map.of(LocalDate.parse("2026-01-01"), sites));
        }

        private void table(boolean confirmed, Optional<String> gap, Map<SiteName, Double> shares) {
            Agreement.Period p = period("2026-01-01", Optional.empty(), shares);
            world.agreement(new Agreement(
                    MOU,
                    List.of(new Agreement.Period(
                            p.from(), p.until(), p.shares(), gap, confirmed, p.enteredBy(), p.enteredOn()))));
        }

        private State state() {
            file().proved(KEK_TAPE, BNL_TAPE);
            ClauseVerdict verdict = judge(raw(P_26));
            expect(MET, verdict);
            return verdict.shares().orElseThrow().state();
        }

        @Test
        void withinTheToleranceIsIn() {
            held(500, 300, 200);
            assertThat(state()).isEqualTo(State.IN);
        }

        @Test
        void offTheShareIsOffAndCoverageStaysMet() {
            held(1000, 0, 0);
            assertThat(state()).isEqualTo(State.OFF);
        }

        @Test
        void theToleranceIsRelativeToTheShare() {
            held(500, 320, 180);
            assertThat(state()).isEqualTo(State.IN);
            held(500, 321, 179);
            assertThat(state()).isEqualTo(State.OFF);
        }

        @Test
        void unconfirmedSharesAreNeverIn() {
            table(false, Optional.empty(), Map.of(BNL, 50.0, DESY, 30.0, KIT, 20.0));
            held(500, 300, 200);
            assertThat(state()).isEqualTo(State.UNCONFIRMED);
            held(1000, 0, 0);
            assertThat(state()).isEqualTo(State.OFF);
        }

        @Test
        void aTableWithAGapIsUnconfirmed() {
            table(true, Optional.of("a site has left"), Map.of(BNL, 50.0, DESY, 30.0));
            held(500, 300, 0);
            assertThat(state()).isEqualTo(State.UNCONFIRMED);
        }

        @Test
        void noBytesYetAreNotMeasured() {
            assertThat(state()).isEqualTo(State.NOT_MEASURED);
        }

        @Test
        void eachSiteIsAPercentageOfTheBytesOfTheAgreementsSites() {
            held(500, 300, 200);
            file().proved(KEK_TAPE, BNL_TAPE);
            assertThat(judge(raw(P_26)).shares().orElseThrow().sites())
                    .extracting(s -> s.site() + " " + s.held() + " " + s.agreed() + " " + s.within())
                    .containsExactly("BNL 50.0 50.0 true", "DESY 30.0 30.0 true", "KIT 20.0 20.0 true");
        }

        @Test
        void aPeriodsEndEndsTheFigures() {
            Agreement.Period p = period("2026-01-01", Optional.of("2026-11-24"), Map.of(BNL, 100.0));
            world.agreement(new Agreement(MOU, List.of(p)));
            file().proved(KEK_TAPE, BNL_TAPE);
            assertThat(judge(raw(P_26)).validUntil()).isEqualTo(Instant.parse("2026-11-23T15:00:00Z"));
        }
    }

    @Nested
    class DerivedDuties {
        @Test
        void aLifetimeIsKeptUntilItsBodyEndsIt() {
            ClauseVerdict verdict = judge(whole(new Obligation.KeptUntil("active-collaboration")));
            expect(MET, verdict);
            assertThat(verdict.reasons().getFirst().text()).contains("executive-board");
            expect(UNDETERMINED, judge(whole(new Obligation.KeptUntil("forever"))));
        }

        private final Clause d2 = whole(new Obligation.EvidenceKept(Duration.ofDays(1), Duration.ofHours(1)));

        @Test
        void evidenceIsKeptWhileAuditAndHeadAreInDate() {
            ClauseVerdict verdict = judge(d2);
            expect(MET, verdict);
            assertThat(verdict.validUntil()).isEqualTo(days(-0.01).plus(Duration.ofHours(1)));
        }

        @Test
        void aFailedAuditIsBreached() {
            journal = new JournalState(Optional.of(days(-0.1)), false, Optional.of(NOW));
            expect(BREACHED, judge(d2));
        }

        @Test
        void aLateOrMissingAuditOrHeadIsUndetermined() {
            journal = new JournalState(Optional.of(days(-1)), true, Optional.of(NOW));
            expect(UNDETERMINED, judge(d2));
            journal = new JournalState(Optional.empty(), true, Optional.of(NOW));
            expect(UNDETERMINED, judge(d2));
            journal = new JournalState(Optional.of(NOW), true, Optional.of(days(-0.1)));
            expect(UNDETERMINED, judge(d2));
            journal = new JournalState(Optional.of(NOW), true, Optional.empty());
            expect(UNDETERMINED, judge(d2));
        }

        @Test
        void thePlanInForceIsTheOneAdopted() {
            Clause d3 = whole(new Obligation.PlanVersioned());
            expect(MET, judge(d3));
            adopted = Optional.of(DIGEST);
            expect(BREACHED, judge(d3));
            adopted = Optional.empty();
            expect(UNDETERMINED, judge(d3));
        }

        private final Clause d4 = whole(new Obligation.WaiversBounded(Duration.ofDays(30)));

        @Test
        void noWaiverIsMetSinceOurOwnRegisterIsComplete() {
            expect(MET, judge(d4));
        }

        @Test
        void aWaiverWithinItsBoundIsMetUntilItEnds() {
            world.clause(raw(P_26));
            waivers = List.of(waiver("P-26", -1, 10));
            ClauseVerdict verdict = judge(d4);
            expect(MET, verdict);
            assertThat(verdict.validUntil()).isEqualTo(days(10));
        }

        @Test
        void aWaiverThatLastsTooLongOrMayNotBeIsBreached() {
            world.clause(raw(P_26));
            waivers = List.of(waiver("P-26", -1, 60));
            expect(BREACHED, judge(d4));
            waivers = List.of(waiver("P-19", -1, 10));
            expect(BREACHED, judge(d4));
        }
    }

    @Nested
    class ReadLater {
        @Test
        void aVerdictIsUndeterminedAfterItsEndAndABreachStaysOne() {
            file().proved(KEK_TAPE, BNL_TAPE);
            ClauseVerdict met = judge(raw(P_26));
            assertThat(met.readAt(met.validUntil().minusSeconds(1))).isEqualTo(met);
            expect(UNDETERMINED, met.readAt(met.validUntil()));
            file().proved(KEK_TAPE).fallen(BNL_TAPE, CopyState.CORRUPT);
            ClauseVerdict breached = judge(raw(P_26));
            expect(BREACHED, breached.readAt(breached.validUntil()));
        }
    }
}
