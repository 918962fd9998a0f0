package holdfast.server.identity;

import holdfast.server.clock.HouseClock;
import holdfast.server.drivers.DurableFile;
import holdfast.server.sql.Database;
import holdfast.server.sql.Memory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * The initial administrator secret: made at the first start, written to a file that only its owner can read, kept in the
 * database as a digest. It is 256 random bits, so one pass of SHA-256 is enough: there is nothing to guess from.
 */
public final class AdministratorSecret {
    private static final String NOTE = "administrator-secret-sha256";
    private static final int BYTES = 32;

    /** How long a node may take to learn that another one rotated the secret. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Memory memory;
    private final HouseClock clock;
    private final DurableFile file;
    private final LongSupplier counter;
    private final AtomicReference<Known> known = new AtomicReference<>(new Known(new byte[0], 0));

    /** @param lookedAt this process's counter, in nanoseconds */
    @SuppressWarnings("ArrayRecordComponent")
    private record Known(byte[] digest, long lookedAt) {}

    /** @param file where the secret is written, {@code admin.secret} in the data folder */
    public AdministratorSecret(Memory memory, HouseClock clock, DurableFile file) {
        this(memory, clock, file, System::nanoTime);
    }

    AdministratorSecret(Memory memory, HouseClock clock, DurableFile file, LongSupplier counter) {
        this.memory = memory;
        this.clock = clock;
        this.file = file;
        this.counter = counter;
    }

    /** Reads the digest of the secret, or makes the first secret. */
    public void begin() throws IOException {
        Optional<Memory.Note> note = memory.recall(NOTE);
        if (note.isPresent()) {
            learn(note.get().value());
            finishRotation();
            return;
        }
        String first = random();
        String ours = hex(first);
        file.draft(first + "\n");
        String stands = memory.keepFirst(NOTE, ours, clock.now());
        learn(stands);
        // Of several nodes that start on an empty database one makes the secret, and its folder has the file.
        finishRotation();
    }

    private void learn(String hex) {
        known.set(new Known(HexFormat.of().parseHex(hex), counter.getAsLong()));
    }

    /** Makes a new secret, writes it to the file and answers it; the old one is worth nothing from now on. */
    public String rotate() throws IOException {
        String secret = random();
        file.draft(secret + "\n");
        memory.keep(NOTE, hex(secret), clock.now());
        learn(hex(secret));
        file.publish();
        return secret;
    }

    /** A draft that a kill left, or another node's start outdated: the database says whether its secret is the valid one. */
    private void finishRotation() throws IOException {
        if (Files.exists(file.draft())) {
            if (matches(Files.readString(file.draft()).strip())) {
                file.publish();
            } else {
                file.drop();
            }
        }
    }

    private static String random() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static String hex(String secret) {
        return HexFormat.of().formatHex(sha256(secret));
    }

    /**
     * Whether this is the secret; takes as long for a wrong one. A secret that another node rotated is known here after a
     * second; while the database does not answer, the last one known is good.
     */
    public boolean matches(String secret) {
        Known now = known.get();
        long looked = counter.getAsLong();
        // One caller looks, the others go by what was known.
        if (looked - now.lookedAt > LOOK_AGAIN.toNanos() && known.compareAndSet(now, new Known(now.digest, looked))) {
            try {
                memory.recall(NOTE).ifPresent(note -> learn(note.value()));
            } catch (Database.Failed e) {
                System.getLogger(AdministratorSecret.class.getName())
                        .log(System.Logger.Level.DEBUG, "the secret was not looked up again: {0}", e.getMessage());
            }
        }
        return MessageDigest.isEqual(sha256(secret), known.get().digest);
    }

    private static byte[] sha256(String secret) {
        return holdfast.vocabulary.Digest.sha256().digest(secret.getBytes(StandardCharsets.UTF_8));
    }
}
