package holdfast.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.alarm.Situation.Breached;
import holdfast.alarm.Situation.Disk;
import holdfast.alarm.Situation.Drill;
import holdfast.alarm.Situation.Fading;
import holdfast.alarm.Situation.Keeping;
import holdfast.alarm.Situation.Lost;
import holdfast.storage.Condition;
import holdfast.storage.Condition.Scrub;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.StorageName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One test for each kind of alarm: what raises it, and what does not. */
class SignsTest {
    private static final Instant NOW = Instant.parse("2026-05-04T08:00:00Z");
    private static final StorageName TAPE = new StorageName("LAB-TAPE");

    private List<Breached> breached = List.of();
    private List<Lost> lost = List.of();
    private List<Condition> conditions = List.of();
    private List<Fading> fading = List.of();
    private Instant since = ago(Duration.ofDays(1));
    private Optional<Instant> head = Optional.of(ago(Duration.ofMinutes(2)));
    private Optional<Instant> unshipped = Optional.empty();
    private List<Disk> disks = List.of(new Disk("the data folder", 50, 100));
    private Drill drill = Drill.NOT_RECORDED;

    private static Instant ago(Duration span) {
        return NOW.minus(span);
    }

    private List<Sign> signs() {
        Keeping keeping = new Keeping(since, head, unshipped, disks, drill);
        return Signs.of(new Situation(breached, lost, conditions, fading, keeping), Thresholds.DEFAULTS, NOW);
    }

    private List<String> keys() {
        return signs().stream().map(s -> s.key().toString()).toList();
    }

    @Test
    void aHouseInOrderRaisesNothing() {
        assertThat(signs()).isEmpty();
    }

    @Test
    void aBreachCountsItsSubjectsAndSaysHowManyAreWaived() {
        breached = List.of(new Breached(new ClauseId("P-25"), "One copy is at home", 12, 2, ago(Duration.ofHours(1))));
        assertThat(signs()).singleElement().satisfies(s -> {
            assertThat(s.key()).hasToString("BREACH P-25");
            assertThat(s.size()).isEqualTo(12);
            assertThat(s.latest()).isEqualTo(ago(Duration.ofHours(1)));
            assertThat(s.words()).contains("12 subjects", "2 of them waived");
        });
    }

    @Test
    void aBreachOfNoSubjectIsOneAllTheSame() {
        breached = List.of(new Breached(new ClauseId("D-2"), "The journal is kept", 0, 0, NOW));
        assertThat(signs()).singleElement().extracting(Sign::size).isEqualTo(1L);
    }

    @Test
    void aLostFileComesFirst() {
        breached = List.of(new Breached(new ClauseId("P-6"), "All is kept", 1, 0, NOW));
        lost = List.of(new Lost("raw", 1));
        assertThat(keys()).containsExactly("LOST raw", "BREACH P-6");
        assertThat(signs().getFirst().words()).isEqualTo("1 file of class raw declared LOST");
    }

    @Test
    void missedCanariesAndSuspicionAreSaidOfTheirElement() {
        Condition void_ = Condition.unknown(TAPE).withScrub(new Scrub(ago(Duration.ofHours(2)), false));
        conditions = List.of(void_.withSuspectSince(Optional.of(ago(Duration.ofHours(1)))));
        assertThat(keys()).containsExactly("ELEMENT SUSPECT LAB-TAPE", "CANARY MISSED LAB-TAPE");
        conditions = List.of(Condition.unknown(TAPE).withScrub(new Scrub(NOW, true)));
        assertThat(signs()).isEmpty();
    }

    @Test
    void survivorsWhoseProofRunsOutAreCountedAndDated() {
        fading = List.of(new Fading(TAPE, 3, NOW.plus(Duration.ofDays(2))));
        assertThat(signs())
                .singleElement()
                .satisfies(s -> assertThat(s.words()).contains("3 files", "LAB-TAPE", "runs out 2026-05-06"));
        fading = List.of(new Fading(TAPE, 3, ago(Duration.ofDays(2))));
        assertThat(signs().getFirst().words()).contains("ran out 2026-05-02");
    }

    @Test
    void aSignerThatStoppedIsNoticedEvenIfItNeverBegan() {
        head = Optional.of(ago(Duration.ofMinutes(30)));
        assertThat(signs()).isEmpty();
        head = Optional.of(ago(Duration.ofMinutes(31)));
        assertThat(keys()).containsExactly("HEAD STOPPED");
        head = Optional.empty();
        assertThat(signs().getFirst().words()).contains("was ever written");
        since = ago(Duration.ofMinutes(5));
        assertThat(signs()).as("a house that has just begun has time").isEmpty();
    }

    @Test
    void entriesThatWaitTooLongToBeShippedAreABackupThatIsLate() {
        unshipped = Optional.of(ago(Duration.ofMinutes(15)));
        assertThat(signs()).isEmpty();
        unshipped = Optional.of(ago(Duration.ofMinutes(16)));
        assertThat(keys()).containsExactly("BACKUP LATE");
    }

    @Test
    void aRestoreDrillIsLateOnlyWhereDrillsAreRecorded() {
        since = ago(Duration.ofDays(101));
        assertThat(signs()).isEmpty();
        drill = new Drill(Optional.empty(), Optional.empty(), true);
        assertThat(keys()).containsExactly("RESTORE DRILL LATE");
        drill = new Drill(Optional.of(ago(Duration.ofDays(99))), Optional.empty(), true);
        assertThat(signs()).isEmpty();
    }

    @Test
    void aSourceOfMembersThatIsSilentOrRefusedIsSaid() {
        drill = new Drill(
                Optional.empty(), Optional.empty(), false, new Situation.Members(Optional.of(NOW), Optional.empty()));
        assertThat(keys()).containsExactly("MEMBERS SILENT");
        assertThat(signs().getFirst().words()).contains("custody goes on");
        drill = new Drill(
                Optional.empty(), Optional.empty(), false, new Situation.Members(Optional.empty(), Optional.of(NOW)));
        assertThat(keys()).containsExactly("MEMBERS REFUSED");
    }

    @Test
    void custodyHoldIsSaid() {
        drill = new Drill(Optional.empty(), Optional.of(NOW), false);
        assertThat(keys()).containsExactly("CUSTODY HOLD");
    }

    @Test
    void aDiskIsFullBelowItsShareAndAnUnknownSizeIsNotEnough() {
        disks = List.of(new Disk("A", 10, 100), new Disk("B", 9, 100), new Disk("C", 0, 0));
        assertThat(keys()).containsExactly("DISK FULL B", "DISK FULL C");
    }

    @Test
    void aLetterNamesAlarmsAndNoControlCharacterGetsIntoItsSubject() {
        breached = List.of(new Breached(new ClauseId("P-25"), "It is kept\r\nBcc: x@y", 1, 0, NOW));
        Alarm alarm = Alarm.begin(new UUID(0, 7), signs().getFirst(), NOW);
        News news = new News(List.of(new News.Item(News.State.NEW, alarm)), 2, NOW);
        Letter letter = Letter.of(news, "the lab\r\nBcc: everybody@lab.example");
        assertThat(letter.subject()).doesNotContain("\r", "\n").contains("BREACH P-25: 1 new");
        assertThat(letter.body())
                .contains("holdfast notify ack 00000000-0000-0000-0000-000000000007")
                .contains("taken by somebody: 2");
    }
}
