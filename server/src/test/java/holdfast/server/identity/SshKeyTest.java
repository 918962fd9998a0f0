package holdfast.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("alone")
class SshKeyTest {
    private static final String CHALLENGE = "challenge-0123";

    private static String parts(byte[]... parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (byte[] part : parts) {
            out.writeInt(part.length);
            out.write(part);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String signed(KeyPair pair, String algorithm, String name) throws Exception {
        Signature pen = Signature.getInstance(algorithm);
        pen.initSign(pair.getPrivate());
        pen.update(bytes(CHALLENGE));
        return parts(bytes(name), pen.sign());
    }

    @ParameterizedTest
    @CsvSource({"ssh-rsa, SHA1withRSA", "rsa-sha2-256, SHA256withRSA", "rsa-sha2-512, SHA512withRSA"})
    void anRsaKeysSignatureIsKnown(String name, String algorithm) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        RSAPublicKey open = (RSAPublicKey) pair.getPublic();
        String line = "ssh-rsa "
                + parts(
                        bytes("ssh-rsa"),
                        open.getPublicExponent().toByteArray(),
                        open.getModulus().toByteArray())
                + " anna@lab";
        SshKey key = SshKey.read(line).orElseThrow();
        assertThat(key.hasSigned(CHALLENGE, signed(pair, algorithm, name))).isTrue();
        assertThat(key.hasSigned("another", signed(pair, algorithm, name))).isFalse();
        KeyPair other = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        assertThat(key.hasSigned(CHALLENGE, signed(other, algorithm, name))).isFalse();
    }

    @Test
    void anEd25519KeysSignatureIsKnown() throws Exception {
        for (int i = 0; i < 8; i++) {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            EdECPublicKey open = (EdECPublicKey) pair.getPublic();
            byte[] encoded = open.getEncoded();
            byte[] point = java.util.Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
            SshKey key = SshKey.read("ssh-ed25519 " + parts(bytes("ssh-ed25519"), point))
                    .orElseThrow();
            assertThat(key.hasSigned(CHALLENGE, signed(pair, "Ed25519", "ssh-ed25519")))
                    .isTrue();
            assertThat(key.hasSigned("another", signed(pair, "Ed25519", "ssh-ed25519")))
                    .isFalse();
            assertThat(key.hasSigned(CHALLENGE, signed(pair, "Ed25519", "ssh-rsa")))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ssh-rsa", "ssh-rsa ????", "ssh-rsa AAAA", "ssh-dss AAAAB3NzaC1kc3M=", "x y z"})
    void whatIsNoKeyIsNone(String line) {
        assertThat(SshKey.read(line)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/DC=org/O=Lab/CN=A B; /DC=org/O=Lab/CN=A B",
                "/DC=org/CN=A B/CN=proxy; /DC=org/CN=A B",
                "/DC=org/CN=A B/CN=123456/CN=limited proxy; /DC=org/CN=A B",
                "CN=A B,O=Lab,DC=org; /DC=org/O=Lab/CN=A B",
                "CN=99,CN=A B, DC=org; /DC=org/CN=A B",
                "/DC=org/CN=host/www.lab.org; /DC=org/CN=host/www.lab.org",
                "CN=B\\, A,DC=org; /DC=org/CN=B, A",
            })
    void aSubjectHasOneFormWithoutItsProxies(String given, String normal) {
        assertThat(DistinguishedName.normal(given)).isEqualTo(normal);
    }
}
