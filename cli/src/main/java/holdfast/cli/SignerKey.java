package holdfast.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.EnumSet;

/** A signer's own Ed25519 key in a file; it never leaves this machine. */
record SignerKey(PrivateKey key) {
    private static final String ALGORITHM = "Ed25519";

    /** Makes a key pair: the private half into a new file, the public half as base64 as the answer. */
    static String make(Path file) throws IOException, GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        var own = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()) + "\n-----END PRIVATE KEY-----\n";
        try (var channel =
                Files.newByteChannel(file, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), own)) {
            channel.write(StandardCharsets.UTF_8.encode(pem));
        } catch (FileAlreadyExistsException there) {
            throw new IOException(file + " is there already; a key is never overwritten", there);
        }
        return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    static SignerKey read(Path file) throws IOException, GeneralSecurityException {
        String body = Files.readString(file).replaceAll("-----[A-Z ]+-----|\\s", "");
        try {
            return new SignerKey(KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body))));
        } catch (IllegalArgumentException | GeneralSecurityException bad) {
            throw new IOException(file + " holds no Ed25519 key; make one with `holdfast signer new`", bad);
        }
    }

    /** The signature over a statement, as base64. */
    String sign(String statement) throws GeneralSecurityException {
        Signature signer = Signature.getInstance(ALGORITHM);
        signer.initSign(key);
        signer.update(statement.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(signer.sign());
    }
}
