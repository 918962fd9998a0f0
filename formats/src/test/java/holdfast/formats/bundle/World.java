package holdfast.formats.bundle;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow;
import holdfast.evidence.Assessment;
import holdfast.evidence.Ledger;
import holdfast.evidence.Projection;
import holdfast.fixity.FixityFact;
import holdfast.fixity.Outcome;
import holdfast.formats.PlanFile;
import holdfast.formats.SitesFile;
import holdfast.ingest.IngestFact;
import holdfast.journal.Entry;
import holdfast.journal.Fact;
import holdfast.journal.Hash;
import holdfast.journal.MerkleTree;
import holdfast.journal.SignedHead;
import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.Surroundings;
import holdfast.judgement.Whole;
import holdfast.plan.Attributes;
import holdfast.plan.Plan;
import holdfast.plan.PlanFact.PlanAdopted;
import holdfast.plan.Sites;
import holdfast.storage.Locator;
import holdfast.storage.ProofKind;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.LevelId;
import holdfast.vocabulary.Readership;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** A small observatory with a journal of its own: a plan adopted, recordings on three elements, three of them damaged. */
final class World {
    static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
    static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static final Path PLANS = Path.of("..", "plans");
    private static final List<StorageName> ELEMENTS =
            List.of(new StorageName("TOWER-DISK"), new StorageName("LIBRARY-DISK"), new StorageName("CELLAR-TAPE"));

    final List<Entry> entries = new ArrayList<>();
    final KeyPair keys = keys();
    private final Random random = new Random(1);

    World() {
        adopt("small-lab");
        for (int i = 0; i < 12; i++) {
            register("/2026/rec" + i + ".mseed");
        }
        damage("/2026/rec3.mseed", CopyState.CORRUPT);
        damage("/2026/rec4.mseed", CopyState.MISSING);
        damage("/2026/rec5.mseed", CopyState.UNREADABLE);
    }

    static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    void adopt(String plan) {
        String text = read(plan + ".yaml");
        Digest digest = Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
        Sites sites = SitesFile.read(read(plan + "-sites.yaml"), "sites.yaml").orThrow();
        String version = PlanFile.read(text, "plan.yaml", sites).orThrow().version();
        append(new PlanAdopted(version, digest, text, read(plan + "-sites.yaml"), read(plan + "-policy.yaml")));
    }

    void append(Fact fact) {
        byte[] seed = new byte[Entry.Seed.LENGTH];
        random.nextBytes(seed);
        UUID id = new UUID(random.nextLong(), random.nextLong());
        Instant at = START.plusSeconds(60L * entries.size());
        entries.add(Entry.of(fact, id, at, new Actor("keeper"), new Entry.Seed(seed)));
    }

    private void register(String name) {
        DataId id = id(name);
        FileRow file = new FileRow(
                id,
                new ByteSize(1000),
                Digests.of(Digest.sha256(name.getBytes(StandardCharsets.UTF_8))),
                FileRow.DigestOrigin.SOURCE,
                Optional.of(new FileRow.Belonging(new ClassId("instrument"), new LevelId(2))),
                Attributes.NONE,
                START,
                new FileRow.Source("station", FileRow.SourceState.HELD),
                true,
                false);
        append(new IngestFact.FilesRegistered(
                List.of(file),
                ELEMENTS.stream().map(e -> copy(id, e, CopyState.PROVED)).toList()));
    }

    private void damage(String name, CopyState state) {
        append(new FixityFact.CopiesInspected(
                List.of(copy(id(name), ELEMENTS.getFirst(), state)), List.of(Outcome.CORRUPT)));
    }

    /** A file of another scope on all elements; of no class where none is given. */
    void register(DataId id, Optional<FileRow.Belonging> belongs) {
        append(new IngestFact.FilesRegistered(
                List.of(new FileRow(
                        id,
                        new ByteSize(1000),
                        Digests.of(Digest.sha256(id.toString().getBytes(StandardCharsets.UTF_8))),
                        FileRow.DigestOrigin.SOURCE,
                        belongs,
                        Attributes.NONE,
                        START,
                        new FileRow.Source("somebody", FileRow.SourceState.UNKNOWN),
                        true,
                        false)),
                ELEMENTS.stream().map(e -> copy(id, e, CopyState.PROVED)).toList()));
    }

    BundleWriter.Entries all() {
        return each -> {
            for (Entry entry : entries) {
                each.take(entry);
            }
        };
    }

    Plan plan() {
        PlanAdopted adopted = ledger().adopted().orElseThrow();
        Sites sites = SitesFile.read(adopted.sitesText(), "sites.yaml").orThrow();
        return PlanFile.read(adopted.planText(), "plan.yaml", sites).orThrow();
    }

    /** Writes what some readers may know of this world. */
    Path bundle(Path file, Readership readers) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            ProjectionWriter.write(out, Projection.of(readers, plan()), all(), keys);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        return file;
    }

    private static CopyRow copy(DataId id, StorageName element, CopyState state) {
        return new CopyRow(
                id,
                element,
                state,
                StoragePath.of(id, StoragePath.Layout.SCOPE_AND_NAME, 0),
                0,
                Optional.of(new Locator("T0001:7")),
                START,
                Optional.of(new CopyRow.Proof(START.plusSeconds(600), ProofKind.MEDIUM, true)),
                START,
                Optional.empty());
    }

    static DataId id(String name) {
        return new DataId(new Scope("instrument"), name);
    }

    Ledger ledger() {
        Ledger ledger = new Ledger();
        entries.forEach(ledger::apply);
        return ledger;
    }

    Claim claim() {
        Ledger ledger = ledger();
        PlanAdopted adopted = ledger.adopted().orElseThrow();
        Sites sites = SitesFile.read(adopted.sitesText(), "sites.yaml").orThrow();
        Plan plan = PlanFile.read(adopted.planText(), "plan.yaml", sites).orThrow();
        Surroundings surroundings =
                new Surroundings(plan, sites, ledger.conditions(), Optional.empty(), ledger.trials());
        Whole.JournalState journal = new Whole.JournalState(Optional.of(START), true, Optional.of(START));
        List<ClauseVerdict> verdicts = Assessment.of(ledger, surroundings, journal, NOW);
        return Claim.of(plan, new Claim.Moment(NOW, entries.size(), journal), verdicts);
    }

    SignedHead head(KeyPair with) {
        List<Hash> leaves = entries.stream().map(Entry::leaf).toList();
        try {
            return SignedHead.sign(leaves.size(), MerkleTree.rootOf(leaves), NOW.plusSeconds(5), with.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    SignedHead head() {
        return head(keys);
    }

    /** Writes the bundle of this world. */
    Path bundle(Path file) throws IOException {
        return bundle(file, keys);
    }

    Path bundle(Path file, KeyPair with) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            BundleWriter.write(
                    out,
                    new BundleWriter.Contents(
                            ledger().adopted().orElseThrow(), all(), head(with), with.getPublic(), claim()));
        }
        return file;
    }

    private static String read(String file) {
        try {
            return Files.readString(PLANS.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
