package holdfast.server.alarm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;

/** A secret in a file of its own, read when it is needed, so that it can be changed while the server runs. */
record SecretFile(Path path) {
    /** The words without what surrounds them; never in a message of an exception. */
    String read() throws IOException {
        if (Files.getFileStore(path).supportsFileAttributeView("posix")
                && Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ)) {
            throw new IOException("the secret file " + path + " can be read by everybody; chmod 600 it");
        }
        String secret = Files.readString(path, StandardCharsets.UTF_8).strip();
        if (secret.isEmpty()) {
            throw new IOException("the secret file " + path + " is empty");
        }
        return secret;
    }
}
