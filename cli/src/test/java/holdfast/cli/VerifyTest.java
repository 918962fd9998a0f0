package holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.evidence.Assessment;
import holdfast.evidence.Ledger;
import holdfast.evidence.Projection;
import holdfast.formats.PlanFile;
import holdfast.formats.SitesFile;
import holdfast.formats.bundle.BundleWriter;
import holdfast.formats.bundle.Claim;
import holdfast.formats.bundle.KeyText;
import holdfast.formats.bundle.ProjectionWriter;
import holdfast.journal.Entry;
import holdfast.journal.Hash;
import holdfast.journal.MerkleTree;
import holdfast.journal.SignedHead;
import holdfast.judgement.Surroundings;
import holdfast.judgement.Whole;
import holdfast.plan.Plan;
import holdfast.plan.PlanFact.PlanAdopted;
import holdfast.plan.Sites;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Readership;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
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
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VerifyTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine commandLine =
            Holdfast.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    private Path bundle;
    private Path some;
    private Path key;
    private Path head;

    @BeforeEach
    void aBundleWithItsKeyAndHeadKeptElsewhere() throws IOException, GeneralSecurityException {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        List<Entry> entries = new ArrayList<>();
        entries.add(Entry.of(adopted(), new UUID(1, 2), NOW, new Actor("keeper"), new Entry.Seed(new byte[32])));
        List<Hash> leaves = entries.stream().map(Entry::leaf).toList();
        SignedHead signed = SignedHead.sign(leaves.size(), MerkleTree.rootOf(leaves), NOW, keys.getPrivate());
        bundle = folder.resolve("bundle.zip");
        BundleWriter.Entries all = each -> each.take(entries.getFirst());
        try (OutputStream file = Files.newOutputStream(bundle)) {
            BundleWriter.write(
                    file, new BundleWriter.Contents(adopted(), all, signed, keys.getPublic(), claim(entries)));
        }
        some = folder.resolve("some.zip");
        Sites sites = SitesFile.read(adopted().sitesText(), "sites.yaml").orThrow();
        Plan plan = PlanFile.read(adopted().planText(), "plan.yaml", sites).orThrow();
        try (OutputStream file = Files.newOutputStream(some)) {
            ProjectionWriter.write(file, Projection.of(Readership.MEMBERS, plan), all, keys);
        }
        key = Files.writeString(folder.resolve("key.pem"), KeyText.write(keys.getPublic()));
        head = Files.writeString(folder.resolve("head.txt"), signed.text() + "\n");
    }

    @Test
    void aBundleUnderAnOutsideKeyAndHeadIsWell() {
        assertThat(verify(bundle, "--key", key.toString(), "--head", head.toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .startsWith("1 entries hold, and 9 verdicts of 2026-11-22T00:00:00Z were taken again");
    }

    @Test
    void aBundleAloneIsConsistentInItselfOnly() {
        assertThat(verify(bundle)).isEqualTo(ExitCode.CONSISTENT_IN_ITSELF);
        assertThat(out.toString()).contains("consistent in itself only: neither key nor head from elsewhere was given");
    }

    @Test
    void anotherKeyIsRefusedByName() throws IOException, GeneralSecurityException {
        KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Files.writeString(key, KeyText.write(other.getPublic()));
        assertThat(verify(bundle, "--key", key.toString())).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(out.toString()).startsWith("OTHER_KEY: ");
    }

    @Test
    void everyByteOfTheFileThatChangesIsRefusedOrChangesNothing() throws IOException {
        byte[] whole = Files.readAllBytes(bundle);
        for (int at = 0; at < whole.length; at += 61) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            Files.write(bundle, changed);
            int exit = verify(bundle);
            assertThat(exit).as("byte %d: %s", at, err).isIn(ExitCode.FOUND_WRONG, ExitCode.CONSISTENT_IN_ITSELF);
        }
    }

    @Test
    void theAnswerAsJsonCarriesTheOutcome() {
        assertThat(verify(bundle, "--json")).isEqualTo(ExitCode.CONSISTENT_IN_ITSELF);
        assertThat(out.toString()).contains("\"outcome\" : \"CONSISTENT_IN_ITSELF_ONLY\"", "\"entries\" : 1");
    }

    @Test
    void filesThatCannotBeReadAreWrongUse() throws IOException {
        assertThat(verify(folder.resolve("none.zip"))).isEqualTo(ExitCode.USAGE);
        Files.writeString(head, "no head");
        assertThat(verify(bundle, "--head", head.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("none.zip is no file that can be read", "not a signed head of version 1");
    }

    @Test
    void aBundleForSomeReadersNeedsAKeyAloneAndTheWholeShowsThatItIsAll() {
        assertThat(verify(some, "--key", key.toString())).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("this is what every member may know, not the whole journal")
                .contains("nothing is claimed of ")
                .contains("only the whole journal shows: --whole");
        assertThat(verify(some, "--whole", bundle.toString(), "--key", key.toString(), "--head", head.toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("it is what the whole journal shows to these readers");
        assertThat(verify(some)).isEqualTo(ExitCode.CONSISTENT_IN_ITSELF);
        assertThat(verify(bundle, "--whole", some.toString())).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(out.toString()).contains("OTHER_PROJECTION: some.zip is itself for some readers only");
        assertThat(verify(some, "--whole", "none.zip")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void everyByteThatChangesInOneForSomeReadersIsRefusedOrChangesNothing() throws IOException {
        byte[] own = Files.readAllBytes(some);
        for (int at = 0; at < own.length; at += 61) {
            byte[] changed = own.clone();
            changed[at] ^= 1;
            Files.write(some, changed);
            int exit = verify(some);
            assertThat(exit).as("byte %d: %s", at, err).isIn(ExitCode.FOUND_WRONG, ExitCode.CONSISTENT_IN_ITSELF);
        }
    }

    private int verify(Path file, String... more) {
        List<String> arguments = new ArrayList<>(List.of("verify", file.toString()));
        arguments.addAll(List.of(more));
        return commandLine.execute(arguments.toArray(String[]::new));
    }

    private static Claim claim(List<Entry> entries) throws IOException {
        Ledger ledger = new Ledger();
        entries.forEach(ledger::apply);
        Sites sites = SitesFile.read(adopted().sitesText(), "sites.yaml").orThrow();
        Plan plan = PlanFile.read(adopted().planText(), "plan.yaml", sites).orThrow();
        Whole.JournalState journal = new Whole.JournalState(Optional.empty(), false, Optional.empty());
        Surroundings surroundings =
                new Surroundings(plan, sites, ledger.conditions(), Optional.empty(), ledger.trials());
        return Claim.of(
                plan,
                new Claim.Moment(NOW, entries.size(), journal),
                Assessment.of(ledger, surroundings, journal, NOW));
    }

    private static PlanAdopted adopted() throws IOException {
        String plan = text("small-lab.yaml");
        Digest digest = Digest.sha256(plan.getBytes(StandardCharsets.UTF_8));
        return new PlanAdopted("3", digest, plan, text("small-lab-sites.yaml"), text("small-lab-policy.yaml"));
    }

    private static String text(String file) throws IOException {
        return Files.readString(Path.of("..", "plans", file));
    }
}
