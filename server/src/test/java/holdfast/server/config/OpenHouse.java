package holdfast.server.config;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.ingest.Submission;
import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.Holding;
import holdfast.plan.Attributes;
import holdfast.plan.PlanFact.WaiverGranted;
import holdfast.plan.Waiver;
import holdfast.retention.Act;
import holdfast.retention.Hold;
import holdfast.retention.SignedAct;
import holdfast.retention.Signer;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.keeping.Auditor;
import holdfast.server.reading.Offers;
import holdfast.server.reading.Opened;
import holdfast.server.sql.Database;
import holdfast.server.work.FixitySettings;
import holdfast.server.work.FixityWorker;
import holdfast.server.work.Intake;
import holdfast.storage.StorageElement;
import holdfast.transfer.TransferFact.CopiesArrived;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A house whose rounds are taken by hand, for tests of other packages. */
public final class OpenHouse implements AutoCloseable {
    private static final Actor KEEPER = new Actor("keeper");
    private static final Map<Actor, KeyPair> SIGNERS =
            Map.of(new Actor("alice"), keys("alice"), new Actor("bob"), keys("bob"));
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final House house;

    private OpenHouse(House house) {
        this.house = house;
    }

    /** Builds it and has a first look at the database and at every element. */
    public static OpenHouse on(Options options, Ports ports) throws Exception {
        OpenHouse open = new OpenHouse(House.on(options, ports));
        open.house.holdWatch.look();
        open.house.watcher.step();
        return open;
    }

    public List<StorageName> elements() {
        return house.adoption.get().sites().all().stream()
                .map(StorageElement::name)
                .toList();
    }

    public ElementDriver driver(StorageName name) {
        return house.fleet.drivers.get(name);
    }

    public Database database() {
        return house.database;
    }

    public Instant now() {
        return house.clock.now();
    }

    /** Sends files in; the outcomes in their order. */
    public List<Intake.Outcome> send(Map<DataId, byte[]> files) {
        return house.intake.take(files.entrySet().stream()
                .map(file -> arriving(file.getKey(), file.getValue()))
                .toList());
    }

    private static Intake.Arriving arriving(DataId id, byte[] bytes) {
        Submission said = new Submission(
                id.name(),
                Optional.of(id.scope()),
                new ByteSize(bytes.length),
                Digests.NONE,
                Attributes.NONE,
                "detector");
        return new Intake.Arriving(id, said, Digests.NONE, () -> new ByteArrayInputStream(bytes));
    }

    /** Takes the rounds of attending, moving and inspecting until none has anything to do. */
    public void rest() {
        int did;
        do {
            did = house.attendant.step();
            for (StorageName element : elements()) {
                did += house.mover.step(element, 200);
                did += house.fixity.step(element);
            }
        } while (did > 0);
    }

    /** Reads every copy of an element again, however young its proof is. */
    public void inspectAgain(StorageName name) {
        new FixityWorker(
                        house.workplace,
                        new FixitySettings(
                                500,
                                1L << 30,
                                1,
                                1e-9,
                                Duration.ofMillis(1),
                                Duration.ofMillis(1),
                                Duration.ofHours(1),
                                Duration.ofMinutes(1)))
                .step(name);
    }

    public void list(StorageName name) {
        house.listing.step(name);
    }

    /** Tries the doors of an element as a stranger would. */
    public void knock(StorageName name) {
        house.doors.now(name);
    }

    /** The bytes of a file from one on, of the best copy that can be read now. */
    public byte[] read(DataId id, long from) throws IOException {
        Offers.Offered offered = house.offers.of(id, Optional.empty()).orElseThrow();
        return switch (house.reader.open(offered, from)) {
            case Opened.Bytes(StorageName _, InputStream bytes, List<String> _) -> {
                try (bytes) {
                    yield bytes.readAllBytes();
                }
            }
            case Opened.OnTape(String doing) -> throw new IOException(doing);
            case Opened.Nowhere(String why) -> throw new IOException(why);
        };
    }

    public boolean drill(StorageName name) {
        return house.drills.step(name);
    }

    /** One turn of the journal's round. */
    public void keepJournal() throws IOException, GeneralSecurityException {
        house.keeper.step();
    }

    public void signHead() throws IOException, GeneralSecurityException {
        house.keeper.head();
    }

    public void rotateSecret() throws IOException {
        house.entrance.secret.rotate();
    }

    public boolean knowsSecret(String secret) {
        return house.entrance.secret.matches(secret);
    }

    /** Adopts the plan in force under another version. */
    public void adoptVersion(String version) {
        Adoption.Texts now = house.adoption.texts();
        String plan = now.plan().replaceFirst("(?m)^version: .*$", "version: '" + version + "'");
        if (!plan.equals(now.plan())) {
            house.adoption.adopt(new Adoption.Texts(plan, now.sites(), now.policy()), KEEPER);
        }
    }

    public String planVersion() {
        return house.adoption.get().plan().version();
    }

    public void waive(Waiver waiver) {
        house.journal.append(new WaiverGranted(waiver), KEEPER);
    }

    public List<Waiver> waivers() {
        return house.database.read(connection -> house.state.waivers(connection, now()));
    }

    /**
     * Releases one copy of a file, which is laid down first as one more than the plan wants: signed by two. Answers
     * whether its undo window has begun.
     */
    public boolean release(DataId file, StorageName from, byte[] bytes) throws GeneralSecurityException {
        if (copy(file, from).isEmpty()) {
            layDown(file, from, bytes);
            rest();
        }
        for (Map.Entry<Actor, KeyPair> signer : SIGNERS.entrySet()) {
            if (house.acts.signers().stream().noneMatch(s -> s.signer().name().equals(signer.getKey()))) {
                byte[] open = signer.getValue().getPublic().getEncoded();
                house.acts.name(new Signer(signer.getKey(), Base64.getEncoder().encodeToString(open)), KEEPER);
            }
        }
        SignedAct act = house.acts.all().stream()
                .findFirst()
                .orElseGet(() -> house.acts.propose(new Act.ReleaseCopies(from, List.of(file)), "makes room", KEEPER));
        // Whose signature lapsed while the house was down signs once more, after the other.
        for (int round = 0; round < 2; round++) {
            for (Map.Entry<Actor, KeyPair> signer : SIGNERS.entrySet()) {
                if (act.state() == SignedAct.State.OPEN && !act.hasSigned(signer.getKey())) {
                    act = house.acts.sign(act.id(), signer.getKey(), signature(act, signer));
                }
            }
        }
        return act.state() == SignedAct.State.SIGNED;
    }

    private void layDown(DataId file, StorageName at, byte[] bytes) {
        StoragePath path = StoragePath.of(file, StoragePath.Layout.NAME, 0);
        driver(at).write(path, new ByteSize(bytes.length), new ByteArrayInputStream(bytes));
        Instant now = now();
        CopyRow copy = new CopyRow(
                file, at, CopyState.ARRIVED, path, 0, Optional.empty(), now, Optional.empty(), now, Optional.empty());
        StorageName from = holding(file).orElseThrow().copies().getFirst().storage();
        house.journal.append(new CopiesArrived(List.of(copy), List.of(from)), KEEPER);
    }

    private static String signature(SignedAct act, Map.Entry<Actor, KeyPair> signer) throws GeneralSecurityException {
        Signature pen = Signature.getInstance("Ed25519");
        pen.initSign(signer.getValue().getPrivate());
        pen.update(act.statement(signer.getKey()).getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(pen.sign());
    }

    private static KeyPair keys(String name) {
        try {
            // The same in every process, so that a killed one's successor can sign on.
            SecureRandom seeded = SecureRandom.getInstance("SHA1PRNG");
            seeded.setSeed(name.getBytes(StandardCharsets.UTF_8));
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(255, seeded);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Removes what may be removed now. */
    public void carryOutReleases() {
        house.releases.step();
    }

    public Optional<Hold> hold() {
        return house.acts.hold();
    }

    public List<ClauseVerdict> verdicts() {
        return house.assessor.assess(10, PATIENCE).verdicts();
    }

    public Auditor.Audit audit() {
        return house.auditor.audit();
    }

    public Optional<Holding> holding(DataId id) {
        return house.database.read(connection -> house.holdings.find(connection, id));
    }

    public Optional<CopyRow> copy(DataId id, StorageName at) {
        return holding(id).stream()
                .flatMap(h -> h.copies().stream())
                .filter(c -> c.storage().equals(at))
                .findFirst();
    }

    /** Everything that was ever recorded, numbered or not. */
    public void journal(java.util.function.Consumer<holdfast.journal.Entry> each) {
        house.entries.each(0, house.entries.size(), (seq, entry) -> each.accept(entry));
    }

    @Override
    public void close() throws Exception {
        house.close();
    }
}
