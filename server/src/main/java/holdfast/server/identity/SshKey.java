package holdfast.server.identity;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Optional;

/**
 * A public key as OpenSSH writes it, RSA or Ed25519, and signatures as SSH carries them (RFC 4253 section 6.6, RFC 8332,
 * RFC 8709). The field's client signs with RSA and SHA-1 unless told otherwise: what it signs is a random text that is good
 * for ten seconds.
 */
final class SshKey {
    private static final String ED25519 = "ssh-ed25519";
    private static final String RSA = "ssh-rsa";
    private static final int ED25519_BYTES = 32;
    private static final int LONGEST_PART = 8_192;

    private final PublicKey key;
    private final String type;

    private SshKey(PublicKey key, String type) {
        this.key = key;
        this.type = type;
    }

    /** @param line such as {@code ssh-rsa AAAA... comment}; empty where it is none that is understood */
    static Optional<SshKey> read(String line) {
        String[] words = line.strip().split("\\s+", 3);
        if (words.length < 2) {
            return Optional.empty();
        }
        try (DataInputStream in = parts(words[1])) {
            String type = text(in);
            if (type.equals(RSA)) {
                BigInteger exponent = new BigInteger(part(in));
                BigInteger modulus = new BigInteger(part(in));
                PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
                return Optional.of(new SshKey(key, type));
            }
            return type.equals(ED25519) ? Optional.of(new SshKey(ed25519(part(in)), type)) : Optional.empty();
        } catch (IOException | GeneralSecurityException | IllegalArgumentException notAKey) {
            return Optional.empty();
        }
    }

    /** The point is written little-endian, with the sign of x in the highest bit (RFC 8032 section 5.1.2). */
    private static PublicKey ed25519(byte[] point) throws IOException, GeneralSecurityException {
        if (point.length != ED25519_BYTES) {
            throw new IOException("an Ed25519 key has 32 bytes");
        }
        byte[] y = new byte[ED25519_BYTES];
        for (int i = 0; i < ED25519_BYTES; i++) {
            y[i] = point[ED25519_BYTES - 1 - i];
        }
        boolean odd = (y[0] & 0x80) != 0;
        y[0] &= 0x7F;
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(
                        new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, y))));
    }

    /** @param signature in base64: the algorithm's name and its bytes */
    boolean hasSigned(String challenge, String signature) {
        try (DataInputStream in = parts(signature)) {
            Optional<String> algorithm = algorithm(text(in));
            if (algorithm.isEmpty()) {
                return false;
            }
            Signature check = Signature.getInstance(algorithm.get());
            check.initVerify(key);
            check.update(challenge.getBytes(StandardCharsets.UTF_8));
            return check.verify(part(in));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException notASignature) {
            return false;
        }
    }

    private Optional<String> algorithm(String name) {
        return switch (name) {
            case RSA -> type.equals(RSA) ? Optional.of("SHA1withRSA") : Optional.empty();
            case "rsa-sha2-256" -> type.equals(RSA) ? Optional.of("SHA256withRSA") : Optional.empty();
            case "rsa-sha2-512" -> type.equals(RSA) ? Optional.of("SHA512withRSA") : Optional.empty();
            case ED25519 -> type.equals(ED25519) ? Optional.of("Ed25519") : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static DataInputStream parts(String base64) {
        return new DataInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(part(in), StandardCharsets.US_ASCII);
    }

    private static byte[] part(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LONGEST_PART) {
            throw new IOException("a part of " + length + " bytes");
        }
        byte[] part = new byte[length];
        in.readFully(part);
        return part;
    }
}
