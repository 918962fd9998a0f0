package holdfast.retention;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.plan.MemberSource;
import holdfast.plan.MemberSource.From;
import holdfast.plan.MemberSource.Signing;
import holdfast.retention.Quorum.Signatory;
import holdfast.retention.Quorum.Term;
import holdfast.retention.SignedAct.Proposal;
import holdfast.retention.SignedAct.Signature;
import holdfast.vocabulary.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QuorumTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Act ACT = new Act.LiftHold();
    private static final Actor ALICE = new Actor("alice");
    private static final Actor BOB = new Actor("bob");
    private static final Actor CAROL = new Actor("carol");
    private static final Actor NEW = new Actor("newcomer");
    private static final Actor GONE = new Actor("gone");
    private static final Actor RETIRED = new Actor("retired");

    private static final Map<Actor, Signatory> PEOPLE = Map.of(
            ALICE, member(true, 400, "Nagoya"),
            BOB, member(true, 31, "Nagoya"),
            CAROL, member(true, 90, "Pisa"),
            NEW, member(true, 29, "Pisa"),
            GONE, new Signatory(true, Optional.empty()),
            RETIRED, member(false, 400, "Pisa"));

    private static Signatory member(boolean named, int days, String institute) {
        return new Signatory(named, Optional.of(new Term(NOW.minus(Duration.ofDays(days)), Optional.of(institute))));
    }

    private static Quorum quorum(From from, boolean institutes) {
        MemberSource rule = new MemberSource(
                from, Duration.ofHours(24), new Signing(Duration.ofDays(30), Duration.ofDays(7), institutes));
        return new Quorum(rule, who -> PEOPLE.getOrDefault(who, new Signatory(false, Optional.empty())), NOW);
    }

    private static SignedAct act(Signature... signatures) {
        return new SignedAct(
                new UUID(1, 2),
                ACT,
                "because",
                new Proposal(new Actor("keeper"), NOW.minus(Duration.ofDays(20))),
                List.of(signatures),
                SignedAct.State.OPEN,
                NOW.minus(Duration.ofDays(20)));
    }

    private static Signature by(Actor signer, Duration ago) {
        return new Signature(signer, NOW.minus(ago), "c2lnbmF0dXJl");
    }

    @Test
    void onlyMembersOfThirtyDaysWithAKeyMaySign() {
        Quorum quorum = quorum(From.EXPORT, false);
        assertThat(Stream.of(ALICE, BOB, CAROL, NEW, GONE, RETIRED, new Actor("root"))
                        .filter(who -> quorum.obstacle(who).isEmpty()))
                .containsExactly(ALICE, BOB, CAROL);
        assertThat(quorum.obstacle(NEW))
                .hasValueSatisfying(why -> assertThat(why)
                        .isEqualTo(
                                "newcomer is a member since 2026-10-25T12:00:00Z; signers are for 30 days at least"));
        assertThat(quorum.obstacle(GONE))
                .hasValueSatisfying(why -> assertThat(why).contains("no member today"));
        assertThat(quorum.obstacle(RETIRED))
                .hasValueSatisfying(why -> assertThat(why).contains("no signer"));
    }

    @Test
    void withoutASourceAKeyIsEnough() {
        Quorum quorum = quorum(From.ACCOUNTS, true);
        assertThat(quorum.obstacle(GONE)).isEmpty();
        assertThat(quorum.obstacle(RETIRED)).isPresent();
        assertThat(quorum.suffices(ACT, List.of(by(ALICE, Duration.ZERO), by(BOB, Duration.ZERO))))
                .as("institutes are the source's to tell")
                .isTrue();
    }

    @Test
    void aSignatureLapsesAfterSevenDaysAndDiesWithTheMembership() {
        Quorum quorum = quorum(From.EXPORT, false);
        SignedAct act = act(
                by(ALICE, Duration.ofDays(7)),
                by(BOB, Duration.ofDays(7).minusSeconds(1)),
                by(GONE, Duration.ofHours(1)),
                by(CAROL, Duration.ofHours(1)));
        assertThat(quorum.counting(act)).extracting(Signature::signer).containsExactly(BOB, CAROL);
        assertThat(quorum.standing(act)).extracting(Signature::signer).containsExactly(ALICE, BOB, CAROL);
    }

    @Test
    void whereThePlanAsksSoTheyComeFromDifferentInstitutes() {
        List<Signature> oneHouse = List.of(by(ALICE, Duration.ZERO), by(BOB, Duration.ZERO));
        List<Signature> two = List.of(by(ALICE, Duration.ZERO), by(CAROL, Duration.ZERO));
        assertThat(quorum(From.EXPORT, false).suffices(ACT, oneHouse)).isTrue();
        assertThat(quorum(From.EXPORT, true).suffices(ACT, oneHouse)).isFalse();
        assertThat(quorum(From.EXPORT, true).suffices(ACT, two)).isTrue();
    }

    @Test
    void whatCountsNoMoreIsGoneFromTheAct() {
        Signature fresh = by(CAROL, Duration.ZERO);
        SignedAct act = act(by(ALICE, Duration.ofDays(8)));
        SignedAct next = act.signed(quorum(From.EXPORT, false).counting(act), fresh, false);
        assertThat(next.signatures()).containsExactly(fresh);
        assertThat(next.state()).isEqualTo(SignedAct.State.OPEN);
        SignedAct whole = next.signed(next.signatures(), by(ALICE, Duration.ZERO), true);
        assertThat(whole.state()).isEqualTo(SignedAct.State.SIGNED);
    }
}
