package holdfast.server.identity;

import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Memory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The initial administrator secret: made at the first start, written to a file that only its owner can read, kept in the
 * database as a digest. It is 256 random bits, so one pass of SHA-256 is enough: there is nothing to guess from.
 */
public final class AdministratorSecret {
    private static final String NOTE = "administrator-secret-sha256";
    private static final int BYTES = 32;

    private final Memory memory;
    private final HouseClock clock;
    private final Path file;
    private final AtomicReference<byte[]> digest = new AtomicReference<>(new byte[0]);

    /** @param file where the secret is written, {@code admin.secret} in the data folder */
    public AdministratorSecret(Memory memory, HouseClock clock, Path file) {
        this.memory = memory;
        this.clock = clock;
        this.file = file;
    }

    /** Reads the digest of the secret, or makes the first secret. */
    public void begin() throws IOException {
        Optional<Memory.Note> known = memory.recall(NOTE);
        if (known.isPresent()) {
            digest.set(HexFormat.of().parseHex(known.get().value()));
        } else {
            rotate();
        }
    }

    /** Makes a new secret, writes it to the file and answers it; the old one is worth nothing from now on. */
    public String rotate() throws IOException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        write(secret);
        byte[] fresh = sha256(secret);
        memory.keep(NOTE, HexFormat.of().formatHex(fresh), clock.now());
        digest.set(fresh);
        return secret;
    }

    /** Whether this is the secret; takes as long for a wrong one. */
    public boolean matches(String secret) {
        return MessageDigest.isEqual(sha256(secret), digest.get());
    }

    private void write(String secret) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        Files.createFile(temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(temporary, secret + "\n");
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] sha256(String secret) {
        return holdfast.vocabulary.Digest.sha256().digest(secret.getBytes(StandardCharsets.UTF_8));
    }
}
