package holdfast.server.keeping;

import holdfast.server.drivers.Disk;
import holdfast.server.drivers.DurableFile;
import holdfast.server.sql.Memory;
import holdfast.vocabulary.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * The Ed25519 key that signs heads of the journal: made at the first start, kept in the data folder, the private half
 * readable by its owner only. Whoever wants to verify later keeps the public half elsewhere.
 */
public record SigningKey(PrivateKey secret, PublicKey open) {
    private static final String ALGORITHM = "Ed25519";
    private static final String SECRET = "journal.key";
    private static final String NOTE = "journal-key-sha256";

    /** Reads the key pair of a folder, or makes one. */
    public static SigningKey in(Path folder, Disk disk) throws IOException, GeneralSecurityException {
        Path secret = folder.resolve(SECRET);
        Path open = folder.resolve("journal.pub");
        DurableFile hidden = DurableFile.secret(disk, secret);
        hidden.drop();
        if (!Files.exists(secret)) {
            DurableFile.folder(disk, folder);
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            // The secret half last: where it stands, the other one is its own.
            DurableFile.open(disk, open).put(pem("PUBLIC KEY", pair.getPublic().getEncoded()));
            hidden.put(pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        }
        KeyFactory keys = KeyFactory.getInstance(ALGORITHM);
        return new SigningKey(
                keys.generatePrivate(new PKCS8EncodedKeySpec(bytes(Files.readString(secret)))),
                keys.generatePublic(new X509EncodedKeySpec(bytes(Files.readString(open)))));
    }

    /**
     * The key of the house, which all its nodes have: the first node's, made when it started first. Heads of two keys
     * could not be checked against one public key kept elsewhere.
     *
     * @throws NotTheHouses when this folder has another key, or none while other nodes have one
     */
    public static SigningKey ofTheHouse(Path folder, Disk disk, Memory memory, Instant now)
            throws IOException, GeneralSecurityException {
        Optional<String> known = memory.recall(NOTE).map(Memory.Note::value);
        if (known.isPresent() && !Files.exists(folder.resolve(SECRET))) {
            throw new NotTheHouses(folder, "is missing");
        }
        SigningKey key = in(folder, disk);
        if (!memory.keepFirst(NOTE, key.fingerprint(), now).equals(key.fingerprint())) {
            throw new NotTheHouses(folder, "is another one");
        }
        return key;
    }

    /** This node may not sign in the name of the house. */
    public static final class NotTheHouses extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotTheHouses(Path folder, String how) {
            super(("the key that signs this house's journal %2$s in %1$s: copy journal.key and journal.pub there from"
                            + " the keys folder of another node or of your backup, readable by this account only. If no copy is"
                            + " left, sign with a new key from now on: delete from memory where name = '%3$s'")
                    .formatted(folder, how, NOTE));
        }
    }

    /** SHA-256 of the public half, in hex. */
    String fingerprint() {
        return Digest.sha256(open.getEncoded()).hex();
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
