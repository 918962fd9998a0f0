package holdfast.server.identity;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** A password as it is kept: PBKDF2 with HMAC-SHA-256 (RFC 8018), 16 bytes of salt. */
@SuppressWarnings("ArrayRecordComponent")
record Password(byte[] salt, byte[] hash, int rounds) {
    private static final int ROUNDS = 210_000;
    private static final int SALT = 16;
    private static final int BITS = 256;

    /** Costs as much to compare with as any other; nothing equals it. */
    static final Password NOBODYS = new Password(new byte[SALT], new byte[0], ROUNDS);

    static Password of(String text) {
        byte[] salt = new byte[SALT];
        new SecureRandom().nextBytes(salt);
        return new Password(salt, hash(text, salt, ROUNDS), ROUNDS);
    }

    boolean matches(String text) {
        return MessageDigest.isEqual(hash(text, salt, rounds), hash);
    }

    private static byte[] hash(String text, byte[] salt, int rounds) {
        try {
            PBEKeySpec key = new PBEKeySpec(text.toCharArray(), salt, rounds, BITS);
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(key)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no PBKDF2", e);
        }
    }
}
