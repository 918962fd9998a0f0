package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow;
import holdfast.catalog.FileRow.SourceState;
import holdfast.ingest.IngestFact.SourceReleased;
import holdfast.journal.Fact;
import holdfast.journal.Hash;
import holdfast.journal.Journal.Appended;
import holdfast.journal.SignedHead;
import holdfast.placement.Rule;
import holdfast.retention.Act;
import holdfast.retention.Hold;
import holdfast.retention.RetentionFact.HoldBegan;
import holdfast.retention.SignedAct;
import holdfast.retention.SignedAct.State;
import holdfast.retention.Signer;
import holdfast.server.catalog.RuleDetails;
import holdfast.server.catalog.RuleRequest;
import holdfast.server.clock.HouseClock;
import holdfast.server.embedded.TestDatabase;
import holdfast.server.keeping.HoldWatch;
import holdfast.server.sql.Leases;
import holdfast.server.sql.Rows;
import holdfast.server.sql.SqlJournal;
import holdfast.server.work.ActRefused;
import holdfast.server.work.Acts;
import holdfast.server.work.ReleaseCircumstances;
import holdfast.server.work.ReleaseWorker;
import holdfast.server.work.Workplace;
import holdfast.storage.Condition;
import holdfast.storage.StorageFact.ConditionChanged;
import holdfast.storage.StorageFact.ConditionChanged.Cause;
import holdfast.transfer.TransferFact.CopiesArrived;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.Visible;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Acts signed by two, against the whole house and real bytes. */
class ActsTest {
    private static final Actor KEEPER = new Actor("keeper");
    private static final String ALICE = "alice";
    private static final String BOB = "bob";
    private static final DataId FILE = Laboratory.id("/lab/raw/one.dat");

    @TempDir
    Path folder;

    private final Map<String, KeyPair> keys = new HashMap<>();
    private Laboratory lab;
    private Acts acts;

    @BeforeEach
    void threeCopies() throws Exception {
        lab = new Laboratory(TestDatabase.migrated(), folder);
        acts = lab.house.acts;
        for (String name : List.of(ALICE, BOB)) {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            keys.put(name, pair);
            acts.name(
                    new Signer(
                            new Actor(name),
                            Base64.getEncoder().encodeToString(pair.getPublic().getEncoded())),
                    KEEPER);
        }
        lab.send(FILE, Laboratory.bytes("one"));
        lab.rest();
    }

    @AfterEach
    void fold() throws Exception {
        try (Laboratory closing = lab) {
            assertThat(closing.house.auditor.audit().differences()).isEmpty();
        }
    }

    @Test
    void aSurplusCopyGoesAfterTwoSignaturesAndTheUndoWindow() throws Exception {
        StorageName surplus = surplus();
        Path bytes = lab.path(lab.copy(FILE, surplus).orElseThrow());
        SignedAct proposed = acts.propose(release(surplus), "makes room", KEEPER);
        assertThat(sign(proposed, ALICE).state()).isEqualTo(State.OPEN);
        assertThat(sign(proposed, BOB).state()).isEqualTo(State.SIGNED);
        assertThat(state(surplus)).isEqualTo(CopyState.RELEASING);

        assertThat(worker(Duration.ofDays(6)).step()).isZero();
        assertThat(bytes).exists();
        assertThat(worker(Duration.ofDays(8)).step()).isOne();
        assertThat(bytes).doesNotExist();
        assertThat(state(surplus)).isEqualTo(CopyState.RELEASED);
        assertThat(acts.find(proposed.id()).orElseThrow().state()).isEqualTo(State.DONE);
    }

    @Test
    void whatThePlanNeedsIsRefusedByClauseHoweverManySign() {
        assertThatThrownBy(() -> acts.propose(release(Laboratory.HOME), "makes room", KEEPER))
                .isInstanceOf(ActRefused.class)
                .hasMessageContaining("P-25");
        assertThat(acts.all()).isEmpty();
    }

    @Test
    void ofTwoReleasesOnlyOneIsGranted() throws Exception {
        StorageName surplus = surplus();
        StorageName other = surplus.equals(Laboratory.NEAR) ? Laboratory.FAR : Laboratory.NEAR;
        SignedAct one = acts.propose(release(surplus), "makes room", KEEPER);
        SignedAct two = acts.propose(release(other), "makes room too", KEEPER);
        sign(one, ALICE);
        sign(two, ALICE);
        sign(one, BOB);
        assertThatThrownBy(() -> sign(two, BOB)).isInstanceOf(ActRefused.class).hasMessageContaining("P-26");
        assertThat(state(other)).isEqualTo(CopyState.PROVED);
    }

    @Test
    void oneSignerIsNotTwo() throws Exception {
        SignedAct proposed = acts.propose(release(surplus()), "makes room", KEEPER);
        sign(proposed, ALICE);
        assertThatThrownBy(() -> sign(proposed, ALICE)).hasMessageContaining("another signer must");
        String alices = signature(proposed, ALICE, BOB);
        assertThatThrownBy(() -> acts.sign(proposed.id(), new Actor(BOB), alices))
                .hasMessageContaining("no signature of bob");
        acts.retire(new Actor(BOB), KEEPER);
        assertThatThrownBy(() -> sign(proposed, BOB)).hasMessageContaining("bob is no signer");
        Signer again = acts.signers().getFirst().signer();
        assertThatThrownBy(() -> acts.name(new Signer(new Actor("alias"), again.key()), KEEPER))
                .hasMessageContaining("another signer has this key");
    }

    /** Through the guard too: what would be refused at the signature is not proposed by the same person. */
    @Test
    void whoSignsAtOnceIsLookedAtBeforeAnythingIsProposed() throws Exception {
        Act release = release(surplus());
        String alices = intention(release, ALICE);
        assertThatThrownBy(() -> acts.propose(release, "makes room", KEEPER, Optional.of(alices)))
                .hasMessageContaining("keeper is no signer");
        assertThatThrownBy(() -> acts.propose(release, "makes room", new Actor(BOB), Optional.of(alices)))
                .hasMessageContaining("no key of bob");
        acts.retire(new Actor(BOB), KEEPER);
        String bobs = intention(release, BOB);
        assertThatThrownBy(() -> acts.propose(release, "makes room", new Actor(BOB), Optional.of(bobs)))
                .hasMessageContaining("bob is no signer");
        assertThat(acts.all()).isEmpty();
        SignedAct proposed = acts.propose(release, "makes room", new Actor(ALICE), Optional.of(alices));
        assertThat(proposed.signatures()).as("no signature of the act").isEmpty();
        assertThatThrownBy(() -> acts.sign(proposed.id(), new Actor(ALICE), alices))
                .hasMessageContaining("no signature of alice");
        assertThat(sign(proposed, ALICE).hasSigned(new Actor(ALICE))).isTrue();
    }

    private String intention(Act act, String name) throws GeneralSecurityException {
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(keys.get(name).getPrivate());
        signer.update(SignedAct.intention(act, new Actor(name)).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(signer.sign());
    }

    @Test
    void anUndoneReleaseCountsAgainOnlyAfterARead() throws Exception {
        StorageName surplus = surplus();
        SignedAct signed = signedByBoth(release(surplus));
        acts.withdraw(signed.id(), KEEPER, "not now");
        assertThat(state(surplus)).isEqualTo(CopyState.CLAIMED);
        assertThat(worker(Duration.ofDays(8)).step()).isZero();
        lab.rest();
        assertThat(state(surplus)).isEqualTo(CopyState.PROVED);
    }

    @Test
    void whatARuleHoldsIsNotReleasedEvenWhenItWasMadeAfterTwoHadSigned() throws Exception {
        StorageName surplus = surplus();
        signedByBoth(release(surplus));
        ReleaseWorker worker = worker(Duration.ofDays(8));
        UUID rule = lab.house
                .ruleBook
                .add(AccountName.ROOT, ruleAt(surplus), Visible.EVERYTHING)
                .getFirst();
        assertThat(worker.step()).isZero();
        assertThat(state(surplus)).isEqualTo(CopyState.RELEASING);
        assertThatThrownBy(() -> acts.propose(release(surplus), "makes room", KEEPER))
                .hasMessageContaining("rule " + rule.toString().replace("-", "") + " of root holds it at " + surplus);

        lab.house.ruleBook.remove(AccountName.ROOT, rule);
        assertThat(worker.step()).isOne();
    }

    private static RuleRequest ruleAt(StorageName element) {
        Rule.Wish wish = new Rule.Wish(1, element.name(), Rule.Grouping.DATASET, Optional.empty(), Optional.empty());
        return new RuleRequest(
                List.of(FILE),
                AccountName.ROOT,
                wish,
                Optional.empty(),
                false,
                3,
                Optional.empty(),
                RuleDetails.of("{}"));
    }

    @Test
    void aHoldStopsEvenWhatTwoHaveSigned() throws Exception {
        StorageName surplus = surplus();
        signedByBoth(release(surplus));
        append(new HoldBegan(new Hold(Hold.Cause.FAILED_OVER, now(), 1, Optional.empty(), "a test")));
        ReleaseWorker worker = worker(Duration.ofDays(8));
        assertThat(worker.step()).isZero();
        assertThat(state(surplus)).isEqualTo(CopyState.RELEASING);

        signedByBoth(new Act.LiftHold());
        assertThat(worker.step()).isOne();
    }

    @Test
    void aClockThatHasJustJumpedStopsReleasesBeforeTheHoldOfItStands() throws Exception {
        StorageName surplus = surplus();
        signedByBoth(release(surplus));
        House house = lab.house;
        AtomicReference<Duration> jumps = new AtomicReference<>(Duration.ofHours(1));
        HoldWatch watch = new HoldWatch(
                new HoldWatch.Desk(house.database, house.entries, house.memory, house.journal, house.clock),
                lab.data().resolve("journal/heads.txt"),
                house.keeper.key().open(),
                jumps::get);
        ReleaseWorker worker = worker(Duration.ofDays(8), watch::coming);
        assertThat(worker.step()).isZero();
        assertThat(acts.hold()).isEmpty();

        assertThat(watch.look().orElseThrow().cause()).isEqualTo(Hold.Cause.CLOCK_JUMPED);
        assertThat(watch.coming()).isEmpty();
        assertThat(worker.step()).isZero();
        signedByBoth(new Act.LiftHold());
        assertThat(watch.look()).isEmpty();
        jumps.set(Duration.ofMinutes(70));
        assertThat(worker.step()).isZero();
        assertThat(watch.look().orElseThrow().why()).contains("10 minutes");
        signedByBoth(new Act.LiftHold());
        assertThat(worker.step()).isOne();
    }

    @Test
    void aSuspectElementStopsAllReleases() throws Exception {
        StorageName surplus = surplus();
        signedByBoth(release(surplus));
        suspect(Laboratory.HOME);
        ReleaseWorker worker = worker(Duration.ofDays(8));
        assertThat(worker.step()).isZero();
        SignedAct cleared =
                acts.propose(new Act.ClearSuspicion(Laboratory.HOME, true), "its reader was broken", KEEPER);
        assertThat(sign(cleared, ALICE).state()).isEqualTo(State.DONE);
        assertThat(worker.step()).isOne();
    }

    @Test
    void whatALooserPlanAllowsIsNotReleasedForThirtyDays() throws Exception {
        StorageName friend = lab.holding(FILE).copies().stream()
                .map(CopyRow::storage)
                .filter(s -> !s.equals(Laboratory.HOME))
                .findFirst()
                .orElseThrow();
        Adoption.Texts texts = lab.house.adoption.texts();
        String looser = texts.plan().replaceAll("(?s)\n  P-26:.*", "\n").replaceAll("(?s)\n  P-22:.*(?=\n  P-25:)", "");
        lab.house.adoption.adopt(new Adoption.Texts(looser, texts.sites(), texts.policy()), KEEPER);
        assertThatThrownBy(() -> acts.propose(release(friend), "makes room", KEEPER))
                .hasMessageContaining("P-26")
                .hasMessageContaining("P-22");
    }

    @Test
    void aFileIsLostOnlyWhenNothingIsLeftAndFoundWhenItsBytesComeBack() throws Exception {
        assertThatThrownBy(() -> acts.propose(new Act.DeclareLost(List.of(FILE)), "gone", KEEPER))
                .hasMessageContaining("still holds it");
        FileRow file = lab.holding(FILE).file().orElseThrow();
        append(new SourceReleased(List.of(file.withSource(SourceState.MAY_GO))));
        assertThatThrownBy(() -> acts.propose(new Act.DeclareLost(List.of(FILE)), "gone", KEEPER))
                .hasMessageContaining("not known to be gone");
        for (CopyRow copy : lab.holding(FILE).copies()) {
            Files.delete(lab.path(copy));
        }
        lab.elements().forEach(element -> {
            while (lab.impatient().step(element) > 0) {
                lab.house.attendant.step();
            }
        });
        signedByBoth(new Act.DeclareLost(List.of(FILE)));
        assertThat(lab.verdict("P-25").failing()).isOne();
        assertThat(lab.holding(FILE).file().orElseThrow().lost()).isTrue();

        lab.send(FILE, Laboratory.bytes("one"));
        assertThat(lab.holding(FILE).file().orElseThrow().lost()).isFalse();
    }

    @Test
    void aHeadOutsideThatIsNewerThanTheDatabaseBeginsAHold() throws Exception {
        lab.house.keeper.head();
        assertThat(lab.house.holdWatch.look()).isEmpty();
        SignedHead ahead = SignedHead.sign(
                lab.house.entries.size() + 7,
                Hash.leaf(new byte[0]),
                now(),
                lab.house.keeper.key().secret());
        Files.writeString(lab.data().resolve("journal/heads.txt"), ahead.text() + "\n", StandardOpenOption.APPEND);
        Hold hold = lab.house.holdWatch.look().orElseThrow();
        assertThat(hold.cause()).isEqualTo(Hold.Cause.HEAD_AHEAD);
        assertThat(hold.why()).contains("7 facts are missing");
        var verdict = lab.verdict("P-25");
        assertThat(verdict.undetermined()).as("%s", verdict).isOne();
    }

    @Test
    void aHeadFromTheFutureStopsReleasesAndPutsNoProofInDoubt() throws Exception {
        SignedHead own = lab.house.keeper.head();
        SignedHead future = SignedHead.sign(
                own.size(),
                own.root(),
                now().plus(Duration.ofHours(1)),
                lab.house.keeper.key().secret());
        Files.writeString(lab.data().resolve("journal/heads.txt"), future.text() + "\n", StandardOpenOption.APPEND);
        assertThat(lab.house.holdWatch.look().orElseThrow().cause()).isEqualTo(Hold.Cause.CLOCK_JUMPED);
        assertThat(lab.verdict("P-25").undetermined()).isZero();
    }

    @Test
    void aForkedJournalBeginsAHold() throws Exception {
        SignedHead own = lab.house.keeper.head();
        SignedHead other = SignedHead.sign(
                own.size(),
                Hash.leaf(new byte[] {1}),
                now(),
                lab.house.keeper.key().secret());
        Files.writeString(lab.data().resolve("journal/heads.txt"), other.text() + "\n", StandardOpenOption.APPEND);
        assertThat(lab.house.holdWatch.look().orElseThrow().cause()).isEqualTo(Hold.Cause.FORKED);
    }

    private StorageName surplus() throws Exception {
        CopyRow home = lab.copy(FILE, Laboratory.HOME).orElseThrow();
        StorageName third = lab.copy(FILE, Laboratory.NEAR).isPresent() ? Laboratory.FAR : Laboratory.NEAR;
        CopyRow copy = lab.copy(FILE, third, CopyState.ARRIVED);
        Files.createDirectories(lab.path(copy).getParent());
        Files.copy(lab.path(home), lab.path(copy));
        append(new CopiesArrived(List.of(copy), List.of(Laboratory.HOME)));
        lab.rest();
        assertThat(state(third)).isEqualTo(CopyState.PROVED);
        return third;
    }

    private void suspect(StorageName element) {
        Condition condition =
                lab.house.database.read(lab.house.state::conditions).getOrDefault(element, Condition.unknown(element));
        append(new ConditionChanged(Cause.SUSPECTED, List.of(condition.withSuspectSince(Optional.of(now())))));
    }

    private void append(Fact fact) {
        assertThat(lab.house.journal.append(fact, KEEPER)).isInstanceOf(Appended.Done.class);
    }

    private Instant now() {
        return lab.house.clock.now();
    }

    private CopyState state(StorageName at) {
        return lab.copy(FILE, at).orElseThrow().state();
    }

    private static Act release(StorageName from) {
        return new Act.ReleaseCopies(from, List.of(FILE));
    }

    private SignedAct signedByBoth(Act act) throws GeneralSecurityException {
        SignedAct proposed = acts.propose(act, "for the test", KEEPER);
        sign(proposed, ALICE);
        return sign(proposed, BOB);
    }

    private SignedAct sign(SignedAct act, String name) throws GeneralSecurityException {
        return acts.sign(act.id(), new Actor(name), signature(act, name, name));
    }

    private String signature(SignedAct act, String key, String name) throws GeneralSecurityException {
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(keys.get(key).getPrivate());
        signer.update(act.statement(new Actor(name)).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(signer.sign());
    }

    /** A worker whose clock is ahead of the house's. */
    private ReleaseWorker worker(Duration ahead) {
        return worker(ahead, Optional::empty);
    }

    private ReleaseWorker worker(Duration ahead, Supplier<Optional<Hold>> coming) {
        House house = lab.house;
        HouseClock clock = () -> house.clock.now().plus(ahead);
        Workplace place = new Workplace(
                house.database,
                house.words,
                new SqlJournal(house.database, new Rows(house.words), clock),
                new Leases(house.database, clock),
                clock,
                house.workplace.drivers(),
                house.adoption);
        return new ReleaseWorker(
                place,
                new ReleaseCircumstances(house.state, house.words, a -> Adoption.read(Adoption.texts(a)), coming),
                house.people.signatories);
    }
}
