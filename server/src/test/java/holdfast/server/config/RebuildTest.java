package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.evidence.Ledger;
import holdfast.formats.Json;
import holdfast.judgement.Verdict;
import holdfast.retention.Act;
import holdfast.retention.Hold;
import holdfast.server.clock.HouseClock;
import holdfast.server.embedded.TestCluster;
import holdfast.server.embedded.TestDatabase;
import holdfast.server.keeping.JournalKeeper;
import holdfast.server.rebuild.RebuildCommand;
import holdfast.server.rebuild.RebuildReport;
import holdfast.server.sql.Leases;
import holdfast.server.sql.Rows;
import holdfast.server.sql.SqlJournal;
import holdfast.server.work.ActRefused;
import holdfast.server.work.Intake;
import holdfast.server.work.ReleaseCircumstances;
import holdfast.server.work.ReleaseWorker;
import holdfast.server.work.Workplace;
import holdfast.transfer.TransferFact.CopiesArrived;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A house whose database is gone, and one whose database is old, against the disks that are left. */
class RebuildTest {
    private static final Actor KEEPER = new Actor("keeper");
    private static final int FILES = 12;

    @TempDir
    Path folder;

    private final Signatures signatures = new Signatures();
    private TestDatabase database;

    @BeforeEach
    void emptyDatabase() {
        database = TestDatabase.fresh();
    }

    @Test
    void databaseAndOneSiteAreGoneAndTheHouseStandsUpFromTheOtherSitesSegments() throws Exception {
        DataId late = Laboratory.id("/lab/raw/late.dat");
        String foldBefore;
        DataId unknown;
        long shipped;
        try (Laboratory lab = new Laboratory(database, folder)) {
            signatures.name(lab.house.acts, KEEPER);
            send(lab);
            shipped = ship(lab);
            foldBefore = fold(lab, shipped);
            unknown = atNear(lab);
            copyTo(lab, unknown, Laboratory.FAR);
            assertThat(lab.send(late, Laboratory.bytes("late"))).isInstanceOf(Intake.Outcome.Registered.class);
            lab.rest();
        }
        StorageName burnt = Laboratory.NEAR;
        nodeAndSiteAreGone(burnt);

        TestDatabase anew = TestDatabase.fresh();
        RebuildReport report = rebuild(anew, "--from", element(Laboratory.HOME).toString());
        assertThat(report.agrees()).isTrue();
        assertThat(report.entries()).isEqualTo(shipped);
        assertThat(report.foldHash()).isEqualTo(foldBefore).isEqualTo(report.rowsHash());
        assertThat(report.completeUntil()).isNotNull();
        assertThat(report.lines()).anyMatch(l -> l.startsWith("window of loss     from " + report.completeUntil()));
        assertThat(report.signatures()).contains("NOT CHECKED");
        assertThat(report.key()).contains("makes a new one");

        try (Laboratory lab = new Laboratory(anew, folder)) {
            Hold hold = lab.house.holdWatch.look().orElseThrow();
            assertThat(hold.cause()).isEqualTo(Hold.Cause.REBUILT);
            lab.rest();
            assertThat(lab.verdict("P-22").verdict()).isNotEqualTo(Optional.of(Verdict.MET));
            assertThat(lab.verdict("P-25").undetermined()).isEqualTo(FILES);
            assertThatThrownBy(() -> lab.house.acts.propose(
                            new Act.ReleaseCopies(Laboratory.HOME, List.of(unknown)), "makes room", KEEPER))
                    .isInstanceOf(ActRefused.class)
                    .hasMessageContaining("hold");
            assertThatThrownBy(() -> signatures.signedByBoth(lab.house.acts, new Act.LiftHold(), KEEPER))
                    .hasMessageContaining("was not listed since the hold began");

            assertThat(condition(lab, burnt).silentSince()).isPresent();
            assertThat(lab.copy(unknown, Laboratory.FAR)).isEmpty();
            listAll(lab);
            assertThat(lab.copy(unknown, Laboratory.FAR).map(CopyRow::state)).contains(CopyState.CLAIMED);
            assertThat(lab.rows("select path from dark")).containsExactly("lab/raw/late.dat");
            lab.elements().forEach(lab.house.fixity::dueNow);
            lab.rest();
            assertThat(lab.copy(unknown, Laboratory.FAR).map(CopyRow::state)).contains(CopyState.PROVED);
            assertThat(lab.send(late, Laboratory.bytes("late"))).isInstanceOf(Intake.Outcome.Registered.class);
            assertThat(lab.copy(late, Laboratory.HOME).map(CopyRow::writing)).contains(0);

            signatures.signedByBoth(lab.house.acts, new Act.LiftHold(), KEEPER);
            assertThat(lab.house.holdWatch.look()).isEmpty();
            leave(lab, burnt);
            lab.rest();
            for (int i = 0; i < FILES; i++) {
                assertThat(lab.copy(id(i), Laboratory.HOME).map(CopyRow::state)).contains(CopyState.PROVED);
                assertThat(lab.copy(id(i), Laboratory.FAR).map(CopyRow::state)).contains(CopyState.PROVED);
            }
            assertThat(lab.verdict("P-22").verdict()).contains(Verdict.MET);
            assertThat(lab.house.auditor.audit().differences()).isEmpty();
        }
    }

    @Test
    void aDamagedCopyOfASegmentIsPassedByAndNothingButAWholeJournalIsTaken() throws Exception {
        try (Laboratory lab = new Laboratory(database, folder)) {
            send(lab);
            ship(lab);
            lab.send(Laboratory.id("/lab/raw/more.dat"), Laboratory.bytes("more"));
            lab.rest();
            ship(lab);
        }
        List<Path> segments = segments(folder.resolve("data/journal"));
        assertThat(segments).hasSize(2);
        Path damaged = element(Laboratory.HOME)
                .resolve(".journal")
                .resolve(segments.getLast().getFileName());
        Files.writeString(damaged, Files.readString(damaged).replaceFirst("more", "less"));
        String home = element(Laboratory.HOME).toString();
        String far = element(Laboratory.FAR).toString();
        TestDatabase anew = TestDatabase.fresh();

        assertThat(run(anew, "--from", home).err).contains(damaged.toString()).contains("cannot be used");
        assertThat(run(anew, "--from", folder.toString()).err).contains("no segment stands in");
        Path strange = folder.resolve("strange.pub");
        Files.writeString(strange, strangePem());
        assertThat(run(anew, "--from", far, "--key", strange.toString()).err)
                .contains("signed with none of the 1 keys");
        RebuildReport cut = rebuild(anew, "--from", home, "--up-to-damage", "--dry-run");
        assertThat(cut.segments()).isOne();
        assertThat(cut.lost()).isPositive();
        Path first = segments(element(Laboratory.FAR).resolve(".journal")).getFirst();
        Files.move(first, folder.resolve(first.getFileName()));
        assertThat(run(anew, "--from", far).err).contains("are in no segment given");
        Files.move(folder.resolve(first.getFileName()), first);

        RebuildReport dry = rebuild(anew, "--from", far, "--dry-run");
        assertThat(dry.written()).isFalse();
        String key = folder.resolve("data/keys/journal.pub").toString();
        RebuildReport whole = rebuild(anew, "--from", home, "--from", far, "--key", key);
        assertThat(whole.rowsHash()).isEqualTo(dry.foldHash());
        assertThat(whole.remarks()).anyMatch(r -> r.startsWith(damaged.toString()));
        assertThat(whole.signatures()).contains("every head is signed");
        assertThat(run(anew, "--from", far).err).contains("a house stands in this database already");
    }

    private static List<Path> segments(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().startsWith("segment-"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void anOldBackupAgainstNewerDisksRemovesNothingAndOverwritesNothing() throws Exception {
        UUID[] release = new UUID[1];
        DataId[] released = new DataId[1];
        TestCluster.Preparation early = fresh -> {
            Laboratory lab = new Laboratory(fresh, folder);
            try (House house = lab.house) {
                signatures.name(house.acts, KEEPER);
                send(lab);
                released[0] = atNear(lab);
                copyTo(lab, released[0], Laboratory.FAR);
                lab.rest();
                Act act = new Act.ReleaseCopies(Laboratory.FAR, List.of(released[0]));
                release[0] = signatures.signedByBoth(house.acts, act, KEEPER).id();
                ship(lab);
            }
        };
        database.close();
        database = TestDatabase.fresh("an-early-backup", early);
        DataId rotten = id(FILES - 1);
        try (Laboratory lab = new Laboratory(database, folder)) {
            lab.house.acts.withdraw(release[0], KEEPER, "not now");
            Files.delete(lab.path(lab.copy(released[0], Laboratory.NEAR).orElseThrow()));
            Path bad = lab.path(lab.copy(rotten, Laboratory.HOME).orElseThrow());
            Files.write(bad, Laboratory.bytes("rot"));
            for (int i = 0; i < 3; i++) {
                lab.impatient().step(Laboratory.HOME);
                lab.impatient().step(Laboratory.NEAR);
                lab.rest();
            }
            assertThat(lab.copy(rotten, Laboratory.HOME).map(CopyRow::writing)).contains(1);
            assertThat(lab.copy(released[0], Laboratory.FAR).map(CopyRow::state))
                    .contains(CopyState.PROVED);
            assertThat(lab.send(Laboratory.id("/lab/raw/late.dat"), Laboratory.bytes("late")))
                    .isInstanceOf(Intake.Outcome.Registered.class);
            lab.rest();
            ship(lab);
        }
        Map<String, String> before = inventory();
        Map<String, String> journal = inventory(folder.resolve("data/journal"));

        TestDatabase old = TestDatabase.fresh("an-early-backup", early);
        try (Laboratory lab = new Laboratory(old, folder)) {
            Hold hold = lab.house.holdWatch.look().orElseThrow();
            assertThat(hold.cause()).isEqualTo(Hold.Cause.HEAD_AHEAD);
            for (int i = 0; i < 3; i++) {
                lab.rest();
                listAll(lab);
                lab.elements().forEach(lab.house.fixity::dueNow);
                assertThat(releaser(lab, Duration.ofDays(8 + i)).step()).isZero();
                ship(lab);
            }
            lab.rest();
            assertThat(lab.copy(rotten, Laboratory.HOME).map(CopyRow::state)).contains(CopyState.PROVED);
            assertThat(lab.rows("select path from dark")).contains("lab/raw/late.dat");
            assertThat(lab.house.auditor.audit().differences()).isEmpty();
        }
        assertThat(inventory()).containsAllEntriesOf(before);
        journal.remove("heads.txt");
        assertThat(inventory(folder.resolve("data/journal"))).containsAllEntriesOf(journal);
    }

    /** A release worker whose clock is ahead of the house's. */
    private static ReleaseWorker releaser(Laboratory lab, Duration ahead) {
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
                new ReleaseCircumstances(
                        house.state, house.words, a -> Adoption.read(Adoption.texts(a)), Optional::empty),
                house.people.signatories);
    }

    private static DataId id(int number) {
        return Laboratory.id("/lab/raw/file-" + number + ".dat");
    }

    private static void send(Laboratory lab) throws IOException {
        for (int i = 0; i < FILES; i++) {
            lab.send(id(i), Laboratory.bytes("file " + i));
        }
        lab.rest();
    }

    /** Closes a segment of all that is numbered; answers how many entries are shipped. */
    static long ship(Laboratory lab) throws Exception {
        String shipped = lab.house
                .memory
                .recall(JournalKeeper.SEGMENT)
                .map(n -> n.value())
                .orElse("0");
        lab.house.memory.keep(JournalKeeper.SEGMENT, shipped, Instant.EPOCH);
        lab.house.keeper.step();
        return lab.house
                .memory
                .recall(JournalKeeper.SEGMENT)
                .map(n -> Long.parseLong(n.value()))
                .orElseThrow();
    }

    private static String fold(Laboratory lab, long size) {
        Ledger ledger = new Ledger();
        lab.house.entries.each(0, size, (seq, entry) -> ledger.apply(entry));
        return ledger.stateHash().hex();
    }

    /** A file whose second copy is at one of the two friends, so that the other may get a third. */
    private static DataId atNear(Laboratory lab) {
        return IntStream.range(0, FILES)
                .mapToObj(RebuildTest::id)
                .filter(id -> lab.copy(id, Laboratory.NEAR).isPresent())
                .findFirst()
                .orElseThrow();
    }

    private static void copyTo(Laboratory lab, DataId id, StorageName to) throws IOException {
        CopyRow home = lab.copy(id, Laboratory.HOME).orElseThrow();
        CopyRow copy = lab.copy(id, to, CopyState.ARRIVED);
        Files.createDirectories(lab.path(copy).getParent());
        Files.copy(lab.path(home), lab.path(copy));
        lab.house.journal.append(new CopiesArrived(List.of(copy), List.of(Laboratory.HOME)), KEEPER);
    }

    private Path element(StorageName name) {
        return folder.resolve("data/elements").resolve(name.name());
    }

    private void nodeAndSiteAreGone(StorageName site) throws IOException {
        remove(folder.resolve("data/journal"));
        remove(folder.resolve("data/keys"));
        Files.deleteIfExists(folder.resolve("data/admin.secret"));
        remove(element(site));
    }

    static void remove(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    private static String strangePem() throws GeneralSecurityException {
        byte[] key = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPublic()
                .getEncoded();
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(key)
                + "\n-----END PUBLIC KEY-----\n";
    }

    private record Said(int code, String out, String err) {}

    private Said run(TestDatabase into, String... more) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> arguments = new ArrayList<>(List.of(
                "--data", folder.resolve("data").toString(), "--database-url", Laboratory.address(into), "--json"));
        arguments.addAll(Arrays.asList(more));
        int code = RebuildCommand.run(arguments, new PrintStream(out), new PrintStream(err));
        return new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private RebuildReport rebuild(TestDatabase into, String... more) {
        Said said = run(into, more);
        assertThat(said.code).as(said.err).isZero();
        return Json.read(said.out, RebuildReport.class);
    }

    private static void listAll(Laboratory lab) {
        lab.elements().forEach(lab.house.listing::step);
    }

    private static holdfast.storage.Condition condition(Laboratory lab, StorageName element) {
        return lab.house.database.read(lab.house.state::conditions).get(element);
    }

    private static void leave(Laboratory lab, StorageName element) {
        Adoption.Texts texts = lab.house.adoption.texts();
        String left = texts.sites().replace("elements/" + element + " } }", "elements/" + element + " }, use: left }");
        assertThat(left).isNotEqualTo(texts.sites());
        lab.house.adoption.adopt(new Adoption.Texts(texts.plan(), left, texts.policy()), KEEPER);
    }

    /** Every file of the elements' folders with its bytes. */
    private Map<String, String> inventory() throws IOException {
        return inventory(folder.resolve("data/elements"));
    }

    private static Map<String, String> inventory(Path root) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(
                        root.relativize(file).toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }
}
