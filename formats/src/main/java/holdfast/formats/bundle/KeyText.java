package holdfast.formats.bundle;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** The journal's public key as PEM text (RFC 7468, RFC 8410), which other programs read too. */
public final class KeyText {
    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----\n";
    private static final String END = "\n-----END PUBLIC KEY-----\n";

    private KeyText() {}

    public static String write(PublicKey key) {
        return BEGIN + Base64.getEncoder().encodeToString(key.getEncoded()) + END;
    }

    /**
     * Reads a key.
     *
     * @throws BundleBroken when the text is no Ed25519 key
     */
    public static PublicKey read(String text) {
        String body = text.strip();
        if (!body.startsWith(BEGIN.strip()) || !body.endsWith(END.strip())) {
            throw new BundleBroken("the key is not PEM text that begins with " + BEGIN.strip());
        }
        String base64 = body.substring(
                BEGIN.strip().length(), body.length() - END.strip().length());
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(base64);
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new BundleBroken("the key cannot be read as an Ed25519 public key: " + e.getMessage());
        }
    }
}
