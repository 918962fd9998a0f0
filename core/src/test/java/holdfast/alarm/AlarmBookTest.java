package holdfast.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.vocabulary.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said, when it is said again, and what an acknowledgement covers. */
class AlarmBookTest {
    private static final Instant BEGIN = Instant.parse("2026-05-04T08:00:00Z");
    private static final Rules RULES =
            new Rules(Duration.ofMinutes(5), Duration.ofHours(4), Optional.empty(), Duration.ofDays(100));
    private static final Actor SHIFTER = new Actor("shifter");

    private Instant now = BEGIN;
    private Optional<Instant> last = Optional.empty();
    private List<Alarm> alarms = List.of();
    private long ids;
    private boolean someoneListens = true;

    private static Sign sign(String about, long size, Instant latest) {
        return new Sign(new Sign.Key(AlarmKind.BREACH, about), size, latest, about + " is broken");
    }

    private Sign sign(String about, long size) {
        return sign(about, size, BEGIN);
    }

    /** One look; answers what is said, as {@code STATE about}. */
    private List<String> look(Sign... standing) {
        AlarmBook.Turn turn = new AlarmBook(RULES, now, last, () -> new UUID(0, ids++))
                .turn(alarms, List.of(standing), someoneListens);
        alarms = turn.alarms().stream()
                .filter(a -> a.stands() || !a.span().endTold())
                .toList();
        if (turn.news().isPresent()) {
            last = Optional.of(now);
        }
        return turn.news().stream()
                .flatMap(n -> n.items().stream())
                .map(i -> i.state() + " " + i.alarm().sign().key().about())
                .toList();
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private void take(String about, Optional<Instant> until) {
        alarms = alarms.stream()
                .map(a -> a.sign().key().about().equals(about) ? a.acknowledge(SHIFTER, now, until) : a)
                .toList();
    }

    @Test
    void whatIsNewIsSaidAtOnceAndItsEndToo() {
        assertThat(look(sign("P-25", 1))).containsExactly("NEW P-25");
        pass(Duration.ofMinutes(6));
        assertThat(look(sign("P-25", 1))).isEmpty();
        assertThat(look()).containsExactly("ENDED P-25");
        pass(Duration.ofHours(9));
        assertThat(look()).isEmpty();
    }

    @Test
    void aFloodWithinThePauseIsOneMessage() {
        assertThat(look(sign("P-22", 1))).containsExactly("NEW P-22");
        pass(Duration.ofMinutes(1));
        assertThat(look(sign("P-22", 1), sign("P-23", 1))).isEmpty();
        pass(Duration.ofMinutes(1));
        assertThat(look(sign("P-22", 1), sign("P-23", 1), sign("P-25", 1))).isEmpty();
        pass(Duration.ofMinutes(3));
        assertThat(look(sign("P-22", 1), sign("P-23", 1), sign("P-25", 1)))
                .containsExactly("NEW P-23", "NEW P-25", "STILL P-22");
    }

    @Test
    void whatNobodyTookIsSaidAgain() {
        look(sign("P-25", 1));
        pass(Duration.ofHours(4).minusSeconds(1));
        assertThat(look(sign("P-25", 1))).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(look(sign("P-25", 1))).containsExactly("STILL P-25");
        pass(Duration.ofHours(4));
        assertThat(look(sign("P-25", 1))).containsExactly("STILL P-25");
    }

    @Test
    void whatSomebodyTookIsSilentUntilItEnds() {
        look(sign("P-25", 3));
        pass(Duration.ofMinutes(10));
        take("P-25", Optional.empty());
        pass(Duration.ofDays(20));
        assertThat(look(sign("P-25", 3))).isEmpty();
        assertThat(look()).containsExactly("ENDED P-25");
    }

    @Test
    void anAcknowledgementRunsOut() {
        look(sign("P-25", 3));
        pass(Duration.ofMinutes(10));
        take("P-25", Optional.of(now.plus(Duration.ofHours(12))));
        pass(Duration.ofHours(11));
        assertThat(look(sign("P-25", 3))).isEmpty();
        pass(Duration.ofHours(1));
        assertThat(look(sign("P-25", 3))).containsExactly("STILL P-25");
    }

    @Test
    void anAcknowledgementDoesNotCoverWhatCameLater() {
        look(sign("P-25", 3));
        pass(Duration.ofMinutes(10));
        take("P-25", Optional.empty());
        pass(Duration.ofMinutes(10));
        assertThat(look(sign("P-25", 6, now)))
                .as("twice as many are said at once")
                .containsExactly("WORSE P-25");
        take("P-25", Optional.empty());
        pass(Duration.ofMinutes(10));
        assertThat(look(sign("P-25", 7, now)))
                .as("a few more wait for the repetition")
                .isEmpty();
        pass(Duration.ofHours(4));
        assertThat(look(sign("P-25", 7, now))).containsExactly("WORSE P-25");
    }

    @Test
    void anotherFileInThePlaceOfAMendedOneIsNotCovered() {
        look(sign("P-25", 1));
        take("P-25", Optional.empty());
        pass(Duration.ofHours(5));
        assertThat(look(sign("P-25", 1, now.minusSeconds(60)))).containsExactly("WORSE P-25");
    }

    @Test
    void whereNobodyListensNothingCountsAsSaid() {
        someoneListens = false;
        assertThat(look(sign("P-25", 1))).isEmpty();
        pass(Duration.ofDays(2));
        someoneListens = true;
        assertThat(look(sign("P-25", 1))).containsExactly("NEW P-25");
    }

    @Test
    void whatWasNeverSaidEndsInSilence() {
        look(sign("P-22", 1));
        pass(Duration.ofSeconds(10));
        assertThat(look(sign("P-22", 1), sign("P-23", 1))).isEmpty();
        pass(Duration.ofSeconds(10));
        assertThat(look(sign("P-22", 1))).isEmpty();
        pass(Duration.ofMinutes(6));
        assertThat(look(sign("P-22", 1))).isEmpty();
    }

    /** Whatever comes and goes: no sign that stands is unsaid for longer than a pause and two looks. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void nothingNewStaysUnsaidLongerThanThePause(long seed) {
        Random random = new Random(seed);
        boolean[] standing = new boolean[5];
        @Nullable Instant[] untoldSince = new Instant[5];
        for (int step = 0; step < 2_000; step++) {
            pass(Duration.ofSeconds(1 + random.nextInt(30)));
            int which = random.nextInt(5);
            standing[which] = random.nextInt(10) == 0 ? !standing[which] : standing[which];
            List<Sign> signs = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                if (standing[i]) {
                    signs.add(sign("P-" + i, 1));
                }
            }
            List<String> said = look(signs.toArray(Sign[]::new));
            for (int i = 0; i < 5; i++) {
                String about = "P-" + i;
                boolean told = alarms.stream()
                        .anyMatch(a -> a.stands()
                                && a.sign().key().about().equals(about)
                                && a.told().isPresent());
                untoldSince[i] = !standing[i] || told ? null : untoldSince[i] == null ? now : untoldSince[i];
                if (untoldSince[i] != null) {
                    assertThat(Duration.between(untoldSince[i], now))
                            .as("seed %d, step %d, %s, said %s", seed, step, about, said)
                            .isLessThanOrEqualTo(RULES.pause());
                }
            }
        }
    }
}
