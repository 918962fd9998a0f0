package holdfast.retention;

import static holdfast.judgement.Scene.DESY_DISK;
import static holdfast.judgement.Scene.ID;
import static holdfast.judgement.Scene.KEK_TAPE;
import static holdfast.judgement.Scene.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.retention.SiteRemoval.Handed;
import holdfast.retention.SiteRemoval.Known;
import holdfast.retention.SiteRemoval.Word;
import holdfast.storage.Medium;
import holdfast.storage.StorageElement.Deletes;
import holdfast.storage.StorageElement.Deletes.By;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import holdfast.vocabulary.StoragePath.Layout;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a site judges by itself. */
class SiteRemovalTest {
    private static final DataId OTHER = new DataId(ID.scope(), ID.name() + "-other");
    private static final Instant SIGNED = NOW.minus(Duration.ofDays(20));
    private static final Deletes BY_SITE = new Deletes(By.SITE, Duration.ofDays(10));

    private final Map<String, KeyPair> keys = new HashMap<>();

    @BeforeEach
    void makeKeys() throws GeneralSecurityException {
        for (String name : List.of("alice", "bob", "mallory")) {
            keys.put(name, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        }
    }

    @Test
    void whatTwoOfTheListSignedGoesAfterTheSitesOwnDelay() throws Exception {
        SignedAct act = signed(List.of(ID), "alice", "bob");
        assertThat(SiteRemoval.judge(act, handed(), known(SIGNED), NOW)).isInstanceOf(Word.Granted.class);
        Instant early = SIGNED.plus(Duration.ofDays(17)).minusSeconds(1);
        assertThat(why(act, handed(), known(SIGNED), early)).contains("own delay");
    }

    @Test
    void theDelayRunsFromWhenTheSiteSawTheActSigned() throws Exception {
        SignedAct act = signed(List.of(ID), "alice", "bob");
        assertThat(why(act, handed(), known(NOW.minus(Duration.ofDays(16))), NOW))
                .contains("own delay");
    }

    @Test
    void aSignerWhoIsNotOnTheListCountsForNothing() throws Exception {
        SignedAct act = signed(List.of(ID), "alice", "mallory");
        assertThat(why(act, handed(), known(SIGNED), NOW)).contains("too few signatures");
    }

    @Test
    void aListThatWasChangedAfterItWasSignedCountsForNothing() throws Exception {
        SignedAct act = signed(List.of(OTHER), "alice", "bob");
        SignedAct changed = new SignedAct(
                act.id(),
                new Act.ReleaseCopies(DESY_DISK, List.of(ID, OTHER)),
                act.reason(),
                act.proposal(),
                act.signatures(),
                act.state(),
                act.since());
        assertThat(why(changed, handed(), known(SIGNED), NOW)).contains("too few signatures");
        assertThat(why(act, handed(), known(SIGNED), NOW)).contains("does not release a copy");
    }

    @Test
    void oneSignatureGivenTwiceIsOne() throws Exception {
        SignedAct act = signed(List.of(ID), "alice", "alice");
        assertThat(why(act, handed(), known(SIGNED), NOW)).contains("too few signatures");
    }

    @Test
    void aPathThatIsNotTheFilesIsRefused() throws Exception {
        SignedAct act = signed(List.of(ID), "alice", "bob");
        StoragePath path = StoragePath.of(OTHER, Layout.NAME, 0);
        assertThat(why(act, handed(path, NOW.plusSeconds(1)), known(SIGNED), NOW))
                .contains("is not where the rule of paths puts");
        assertThat(SiteRemoval.judge(
                        act, handed(StoragePath.of(ID, Layout.NAME, 3), NOW.plusSeconds(1)), known(SIGNED), NOW))
                .isInstanceOf(Word.Granted.class);
    }

    @Test
    void aLeaveThatEndedIsNone() throws Exception {
        SignedAct act = signed(List.of(ID), "alice", "bob");
        assertThat(why(act, handed(path(), NOW), known(SIGNED), NOW)).contains("leave ended");
    }

    @Test
    void elementsOfOthersAndThoseOfTheHouseAreLeftAlone() throws Exception {
        SignedAct act = signed(List.of(ID), "alice", "bob");
        Known others = new Known(Map.of(KEK_TAPE, BY_SITE), signers(), SIGNED);
        Known house = new Known(Map.of(DESY_DISK, new Deletes(By.HOUSE, Duration.ZERO)), signers(), SIGNED);
        assertThat(why(act, handed(), others, NOW)).contains("no element of this site");
        assertThat(why(act, handed(), house, NOW)).contains("no element of this site");
    }

    @Test
    void archivesWaitThirtyDaysWhereNothingIsSaid() {
        assertThat(Deletes.byDefault(Optional.of(Medium.TAPE))).isEqualTo(new Deletes(By.HOUSE, Duration.ofDays(30)));
        assertThat(Deletes.byDefault(Optional.of(Medium.DISK))).isEqualTo(new Deletes(By.HOUSE, Duration.ZERO));
        assertThat(Deletes.byDefault(Optional.empty())).isEqualTo(new Deletes(By.HOUSE, Duration.ZERO));
    }

    private SignedAct signed(List<DataId> files, String one, String other) throws GeneralSecurityException {
        SignedAct act = SignedAct.proposed(
                new UUID(1, 2),
                new Act.ReleaseCopies(DESY_DISK, files),
                "makes room",
                new SignedAct.Proposal(new Actor("keeper"), SIGNED));
        act = act.signed(List.of(), signature(act, one), false);
        return act.signed(act.signatures(), signature(act, other), true);
    }

    private SignedAct.Signature signature(SignedAct act, String name) throws GeneralSecurityException {
        Signature pen = Signature.getInstance("Ed25519");
        pen.initSign(keys.get(name).getPrivate());
        pen.update(act.statement(new Actor(name)).getBytes(StandardCharsets.UTF_8));
        return new SignedAct.Signature(
                new Actor(name), SIGNED, Base64.getEncoder().encodeToString(pen.sign()));
    }

    private List<Signer> signers() {
        return List.of("alice", "bob").stream()
                .map(name -> new Signer(
                        new Actor(name),
                        Base64.getEncoder()
                                .encodeToString(keys.get(name).getPublic().getEncoded())))
                .toList();
    }

    private Known known(Instant firstSeen) {
        Map<StorageName, Deletes> elements = Map.of(DESY_DISK, BY_SITE);
        return new Known(elements, signers(), firstSeen);
    }

    private static StoragePath path() {
        return StoragePath.of(ID, Layout.NAME, 0);
    }

    private static Handed handed() {
        return handed(path(), NOW.plusSeconds(60));
    }

    private static Handed handed(StoragePath path, Instant until) {
        return new Handed(new UUID(1, 2), ID, DESY_DISK, path, new ByteSize(8), until);
    }

    private static String why(SignedAct act, Handed handed, Known known, Instant now) {
        Word word = SiteRemoval.judge(act, handed, known, now);
        assertThat(word).isInstanceOf(Word.Refused.class);
        return ((Word.Refused) word).why();
    }
}
