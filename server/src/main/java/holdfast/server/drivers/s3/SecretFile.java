package holdfast.server.drivers.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The file that holds an access key and its secret: two lines, or {@code access-key=...} and {@code secret-key=...}. It
 * is read again when it changed, so that keys can be rotated under a running server. No complaint of it quotes it.
 */
final class SecretFile implements AwsCredentialsProvider {
    private static final String ACCESS = "access-key=";
    private static final String SECRET = "secret-key=";

    private final Path file;
    private @Nullable Read last;

    SecretFile(Path file) {
        this.file = file;
    }

    private record Read(FileTime at, AwsCredentials credentials) {}

    /** @throws SdkClientException when the file cannot be read, is open to others, or is no such file */
    @Override
    public synchronized AwsCredentials resolveCredentials() {
        try {
            FileTime at = Files.getLastModifiedTime(file);
            Read before = last;
            if (before != null && before.at().equals(at)) {
                return before.credentials();
            }
            requireClosedToOthers();
            AwsCredentials credentials = credentials(Files.readAllLines(file));
            last = new Read(at, credentials);
            return credentials;
        } catch (NoSuchFileException e) {
            throw bad("is not there: write the access key and its secret into it");
        } catch (IOException | UnsupportedOperationException e) {
            throw bad(
                    "cannot be read by this server (%s)".formatted(e.getClass().getSimpleName()));
        }
    }

    private void requireClosedToOthers() throws IOException {
        if (Files.getPosixFilePermissions(file).stream()
                .anyMatch(p -> p == PosixFilePermission.OTHERS_READ || p == PosixFilePermission.OTHERS_WRITE)) {
            throw bad("can be read or written by everybody on this machine: chmod 600 it, and change the key");
        }
    }

    private AwsCredentials credentials(List<String> lines) {
        List<String> words =
                lines.stream().map(String::strip).filter(l -> !l.isEmpty()).toList();
        Optional<String> access = after(ACCESS, words);
        Optional<String> secret = after(SECRET, words);
        if (access.isPresent() && secret.isPresent()) {
            return AwsBasicCredentials.create(access.get(), secret.get());
        }
        boolean isPlain = words.size() == 2 && access.isEmpty() && secret.isEmpty();
        if (!isPlain) {
            throw bad("holds neither two lines (access key, secret) nor %s... and %s...".formatted(ACCESS, SECRET));
        }
        return AwsBasicCredentials.create(words.getFirst(), words.getLast());
    }

    private static Optional<String> after(String name, List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private SdkClientException bad(String why) {
        return SdkClientException.create("the secret file %s %s".formatted(file, why));
    }
}
