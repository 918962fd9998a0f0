package holdfast.retention;

import holdfast.vocabulary.Actor;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * Somebody whose signature counts: a local identity, until real ones exist. The private half of the key never reaches the
 * server.
 *
 * @param name a pseudonym
 * @param key the public Ed25519 key (RFC 8032) in X.509 form, as base64 without line ends
 */
public record Signer(Actor name, String key) {
    private static final String ALGORITHM = "Ed25519";

    public Signer {
        open(key);
    }

    /** Whether this signer signed a statement with this key. */
    public boolean signed(String statement, String signature) {
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(open(key));
            verifier.update(statement.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static PublicKey open(String key) {
        try {
            return KeyFactory.getInstance(ALGORITHM)
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "not a public Ed25519 key as base64 of its X.509 form; make one with `holdfast signer new`", e);
        }
    }
}
