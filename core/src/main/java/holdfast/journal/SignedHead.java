package holdfast.journal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;

/**
 * A statement that the journal had this size and this root at that moment, signed with Ed25519 (RFC 8032) over
 * {@link #statement}. Kept outside the database, it shows what was cut off later.
 */
public record SignedHead(long size, Hash root, Instant at, String signature) implements Head {
    private static final String ALGORITHM = "Ed25519";

    public SignedHead {
        at = Micros.cut(at);
        if (size < 0) {
            throw new BadEntry("a signed head of a journal of " + size + " entries");
        }
    }

    public static SignedHead sign(long size, Hash root, Instant at, PrivateKey key) throws GeneralSecurityException {
        Signature signer = Signature.getInstance(ALGORITHM);
        signer.initSign(key);
        signer.update(statement(size, root, at));
        return new SignedHead(size, root, at, Base64.getEncoder().encodeToString(signer.sign()));
    }

    @Override
    public boolean isSignedBy(PublicKey key) {
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(key);
            verifier.update(statement(size, root, at));
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /** The head as one line of text: {@code holdfast-head 1 SIZE ROOT MICROS SIGNATURE}. */
    @Override
    public String text() {
        return "holdfast-head 1 " + size + " " + root + " " + Micros.of(at) + " " + signature;
    }

    public static SignedHead parse(String text) {
        String[] part = text.strip().split(" ");
        if (part.length != 6 || !part[0].equals("holdfast-head") || !part[1].equals("1")) {
            throw new BadEntry("not a signed head of version 1: " + text.strip());
        }
        try {
            return new SignedHead(
                    Long.parseLong(part[2]), Hash.parse(part[3]), Micros.instant(Long.parseLong(part[4])), part[5]);
        } catch (IllegalArgumentException e) {
            throw new BadEntry("a signed head whose size, root or time cannot be read: " + text.strip());
        }
    }

    private static byte[] statement(long size, Hash root, Instant at) {
        return ("holdfast-head 1\nsize " + size + "\nroot " + root + "\nat " + Micros.of(at) + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
