package holdfast.server.keeping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * The Ed25519 key that signs heads of the journal: made at the first start, kept in the data folder, the private half
 * readable by its owner only. Whoever wants to verify later keeps the public half elsewhere.
 */
public record SigningKey(PrivateKey secret, PublicKey open) {
    private static final String ALGORITHM = "Ed25519";

    /** Reads the key pair of a folder, or makes one. */
    public static SigningKey in(Path folder) throws IOException, GeneralSecurityException {
        Path secret = folder.resolve("journal.key");
        Path open = folder.resolve("journal.pub");
        if (!Files.exists(secret)) {
            Files.createDirectories(folder);
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            Files.writeString(open, pem("PUBLIC KEY", pair.getPublic().getEncoded()));
            Files.createFile(
                    secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(secret, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        }
        KeyFactory keys = KeyFactory.getInstance(ALGORITHM);
        return new SigningKey(
                keys.generatePrivate(new PKCS8EncodedKeySpec(bytes(Files.readString(secret)))),
                keys.generatePublic(new X509EncodedKeySpec(bytes(Files.readString(open)))));
    }

    /** The public half as PEM. */
    public String pem() {
        return pem("PUBLIC KEY", open.getEncoded());
    }

    private static String pem(String what, byte[] encoded) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, body, what);
    }

    private static byte[] bytes(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    }
}
