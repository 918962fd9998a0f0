package holdfast.server.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder.BCryptVersion;

/**
 * A password as it is kept: bcrypt over HMAC-SHA-256 with a key of its own, so that a long one counts whole (bcrypt itself sees
 * 72 bytes). Older ones are PBKDF2 with HMAC-SHA-256 (RFC 8018) and are kept anew when they are shown next.
 *
 * @param salt the key of the HMAC, or the salt of PBKDF2; 16 bytes
 * @param hash what bcrypt writes, as ASCII, or the 32 bytes of PBKDF2
 * @param rounds bcrypt's cost, the logarithm of its rounds and at most 31; or the rounds of PBKDF2, which are more
 */
@SuppressWarnings("ArrayRecordComponent")
record Password(byte[] salt, byte[] hash, int rounds) {
    private static final int COST = 12;
    private static final int HIGHEST_COST = 31;
    private static final int SALT = 16;
    private static final int BITS = 256;
    private static final BCryptPasswordEncoder BCRYPT = new BCryptPasswordEncoder(BCryptVersion.$2B, COST);

    /** Costs as much to compare with as any other; its text is nobody's to know. */
    static final Password NOBODYS = of(HexFormat.of().formatHex(random()));

    static Password of(String text) {
        byte[] salt = random();
        String hash = BCRYPT.encode(shortened(text, salt));
        if (hash == null) {
            throw new IllegalStateException("bcrypt makes nothing of a password");
        }
        return new Password(salt, hash.getBytes(StandardCharsets.US_ASCII), COST);
    }

    /** Whether it is kept as passwords were before, or at a lower cost. */
    boolean isOld() {
        return rounds > HIGHEST_COST || rounds < COST;
    }

    boolean matches(String text) {
        return rounds > HIGHEST_COST
                ? MessageDigest.isEqual(pbkdf2(text), hash)
                : BCRYPT.matches(shortened(text, salt), new String(hash, StandardCharsets.US_ASCII));
    }

    private static byte[] random() {
        byte[] random = new byte[SALT];
        new SecureRandom().nextBytes(random);
        return random;
    }

    /** 44 characters, whatever the length. Keyed, so that digests of passwords that leaked elsewhere are worth nothing here. */
    private static String shortened(String text, byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA-256", e);
        }
    }

    private byte[] pbkdf2(String text) {
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
