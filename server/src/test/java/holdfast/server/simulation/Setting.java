package holdfast.server.simulation;

import holdfast.custody.InForce;
import holdfast.plan.PlanFact.PlanAdopted;
import holdfast.server.config.Adoption;
import holdfast.server.keeping.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.stream.Stream;

/** The plan, sites and policy that all seeds are played on, the signing key, and a folder for the journal's heads. */
record Setting(InForce inForce, PlanAdopted adopted, SigningKey key, Path folder) implements AutoCloseable {
    private static final Path MEMORY = Path.of("/dev/shm");

    static Setting read() {
        Adoption.Texts texts = new Adoption.Texts(text("plan.yaml"), text("sites.yaml"), text("policy.yaml"));
        InForce inForce = Adoption.read(texts);
        PlanAdopted adopted = new PlanAdopted(
                inForce.plan().version(), inForce.plan().digest(), texts.plan(), texts.sites(), texts.policy());
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            Path folder = Files.isWritable(MEMORY)
                    ? Files.createTempDirectory(MEMORY, "simulation")
                    : Files.createTempDirectory("simulation");
            return new Setting(inForce, adopted, new SigningKey(pair.getPrivate(), pair.getPublic()), folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Leaves nothing of the seed before: what a seed does must not depend on it. */
    void clear() {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!one.equals(folder)) {
                    Files.delete(one);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            clear();
            Files.delete(folder);
        } catch (IOException | UncheckedIOException e) {
            // A temporary folder stays behind.
            return;
        }
    }

    private static String text(String name) {
        try (InputStream in = Setting.class.getResourceAsStream("/simulation/" + name)) {
            return new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
