package holdfast.journal;

import holdfast.vocabulary.Readership;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;

/**
 * A statement that what these readers may know of the journal had this size and this root (decision 0027). It is signed by
 * the key of the journal over words of its own, so that none can be passed off as a head of the journal, nor the reverse.
 *
 * @param at of the newest entry that is shown; it tells nothing of those that are not
 */
public record ProjectedHead(Readership readers, long size, Hash root, Instant at, String signature) implements Head {
    /** What its text begins with. */
    public static final String WORD = "holdfast-projected-head";

    private static final String ALGORITHM = "Ed25519";
    private static final int PARTS = 7;

    public ProjectedHead {
        at = Micros.cut(at);
        if (size < 0) {
            throw new BadEntry("a head of a projection of " + size + " entries");
        }
    }

    public static ProjectedHead sign(Readership readers, long size, Hash root, Instant at, PrivateKey key)
            throws GeneralSecurityException {
        Signature signer = Signature.getInstance(ALGORITHM);
        signer.initSign(key);
        signer.update(statement(readers, size, root, at));
        return new ProjectedHead(readers, size, root, at, Base64.getEncoder().encodeToString(signer.sign()));
    }

    @Override
    public boolean isSignedBy(PublicKey key) {
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(key);
            verifier.update(statement(readers, size, root, at));
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /** {@code holdfast-projected-head 1 READERS SIZE ROOT MICROS SIGNATURE}. */
    @Override
    public String text() {
        return WORD + " 1 " + readers.word() + " " + size + " " + root + " " + Micros.of(at) + " " + signature;
    }

    public static ProjectedHead parse(String text) {
        String[] part = text.strip().split(" ");
        if (part.length != PARTS || !part[0].equals(WORD) || !part[1].equals("1")) {
            throw new BadEntry("not a head of a projection of version 1: " + text.strip());
        }
        Readership readers = Readership.of(part[2])
                .orElseThrow(() -> new BadEntry("a head of a projection for nobody that is known: " + text.strip()));
        try {
            return new ProjectedHead(
                    readers,
                    Long.parseLong(part[3]),
                    Hash.parse(part[4]),
                    Micros.instant(Long.parseLong(part[5])),
                    part[6]);
        } catch (IllegalArgumentException e) {
            throw new BadEntry("a head of a projection whose size, root or time cannot be read: " + text.strip());
        }
    }

    private static byte[] statement(Readership readers, long size, Hash root, Instant at) {
        return (WORD + " 1\nreaders " + readers.word() + "\nsize " + size + "\nroot " + root + "\nat " + Micros.of(at)
                        + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
