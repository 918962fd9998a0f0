package holdfast.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.journal.BadEntry;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The act by which files become public: its text, and when it takes effect. What its guard forbids is tried on a whole house. */
class PublishGuardTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Digest BYTES = Digest.sha256(new byte[] {1, 2, 3});

    @Test
    void itsTextIsReadBackAsTheSameAct() {
        Act.Publish act =
                new Act.Publish(Optional.of(NOW), List.of(one("drafts:/b c", "open:/b"), one("drafts:/a", "open:/a")));
        assertThat(act.text())
                .startsWith("publish\tnot-before\t2026-11-23T12:00:00Z\ndrafts:/a\topen:/a\t" + BYTES.hex() + "\n");
        assertThat(Act.parse(act.text())).isEqualTo(act);
        Act at = new Act.Publish(Optional.empty(), List.of(one("drafts:/a", "open:/a")));
        assertThat(at.text()).startsWith("publish\ndrafts:/a\t");
        assertThat(Act.parse(at.text())).isEqualTo(at);
        assertThat(at.digest()).isNotEqualTo(act.digest());
        assertThat(at.needed()).isEqualTo(2);
    }

    @Test
    void whatMakesNoSenseIsNoAct() {
        assertThatThrownBy(() -> Act.parse("publish\tnot-before\tsoon\na:b\tc:d\t" + BYTES.hex() + "\n"))
                .isInstanceOf(BadEntry.class)
                .hasMessageContaining("2026-12-01T09:00:00Z");
        assertThatThrownBy(() -> Act.parse("publish\tnever\t2026-11-23T12:00:00Z\n"))
                .isInstanceOf(BadEntry.class)
                .hasMessageContaining("'not-before' is due");
        assertThatThrownBy(() -> new Act.Publish(Optional.empty(), List.of())).hasMessageContaining("1 to 10000 files");
        assertThatThrownBy(() -> new Act.Publish(
                        Optional.empty(), List.of(one("drafts:/a", "open:/a"), one("drafts:/b", "open:/a"))))
                .hasMessageContaining("under one name")
                .hasMessageContaining("open:/a");
        assertThatThrownBy(() -> one("open:/a", "open:/a")).hasMessageContaining("another scope or name");
        assertThatThrownBy(() -> new Selected(
                        DataId.parse("a:b"), DataId.parse("c:d"), new Digest(Digest.Algorithm.ADLER32, "0a0b0c0d")))
                .hasMessageContaining("SHA-256");
    }

    @Test
    void itWaitsForTheUndoWindowAndForItsEmbargo() {
        assertThat(signed(Optional.empty()).undoUntil()).isEqualTo(NOW.plus(SignedAct.UNDO_WINDOW));
        assertThat(signed(Optional.of(NOW.plusSeconds(1))).undoUntil()).isEqualTo(NOW.plus(SignedAct.UNDO_WINDOW));
        Instant embargo = NOW.plus(Duration.ofDays(90));
        assertThat(signed(Optional.of(embargo)).undoUntil()).isEqualTo(embargo);
        assertThat(signed(Optional.of(embargo)).act().waits()).isTrue();
        assertThat(new Act.LiftHold().waits()).isFalse();
    }

    private static SignedAct signed(Optional<Instant> notBefore) {
        Act act = new Act.Publish(notBefore, List.of(one("drafts:/a", "open:/a")));
        return SignedAct.proposed(
                        new UUID(1, 2),
                        act,
                        "accepted",
                        new SignedAct.Proposal(new Actor("keeper"), NOW.minusSeconds(9)))
                .signed(List.of(), new SignedAct.Signature(new Actor("alice"), NOW, "c2ln"), true);
    }

    private static Selected one(String from, String to) {
        return new Selected(DataId.parse(from), DataId.parse(to), BYTES);
    }
}
