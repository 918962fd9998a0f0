package holdfast.cli.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/**
 * The administrator's secret and where it came from.
 *
 * @param value what is shown to the server; never printed
 * @param file where it stands; empty when the environment gave it
 */
public record Secret(String value, Optional<Path> file) implements Credential {
    private static final String VALUE = "HOLDFAST_SECRET";
    private static final String FILE = "HOLDFAST_SECRET_FILE";
    private static final Path USUAL = Path.of("data", "admin.secret");

    /**
     * Finds the secret: the file named, else HOLDFAST_SECRET, else the file of HOLDFAST_SECRET_FILE, else
     * {@code data/admin.secret}.
     *
     * @throws NoServer when there is none; the message says how to give one
     */
    public static Secret find(Optional<Path> named, Map<String, String> environment) {
        Optional<String> value = Optional.ofNullable(environment.get(VALUE)).filter(v -> !v.isBlank());
        if (named.isEmpty() && value.isPresent()) {
            return new Secret(value.get().strip(), Optional.empty());
        }
        return read(named.or(() -> Optional.ofNullable(environment.get(FILE)).map(Path::of))
                .orElse(USUAL));
    }

    /** Whether somebody named one, by option or environment. */
    public static boolean isNamed(Optional<Path> named, Map<String, String> environment) {
        return named.isPresent() || !environment.getOrDefault(VALUE, "").isBlank() || environment.containsKey(FILE);
    }

    @Override
    public Optional<String> account() {
        return Optional.empty();
    }

    @Override
    public String remedy() {
        return "does not know the secret of " + origin()
                + "; name the admin.secret of its data folder with --secret-file";
    }

    private static Secret read(Path file) {
        try {
            String value = Files.readString(file).strip();
            if (value.isEmpty()) {
                throw new NoServer(file + " holds no secret; name the right file with --secret-file");
            }
            return new Secret(value, Optional.of(file));
        } catch (NoSuchFileException gone) {
            throw new NoServer(
                    file + " is not there; log in with `holdfast login`, or name the server's admin.secret with"
                            + " --secret-file FILE or " + FILE,
                    gone);
        } catch (IOException bad) {
            throw new NoServer(
                    file + " cannot be read (" + bad.getMessage() + "); only its owner may: run as that user", bad);
        }
    }

    /** Where it came from, in words. */
    String origin() {
        return file.map(Path::toString).orElse(VALUE);
    }

    /** Puts a new secret where this one stood, readable by its owner only. */
    public void replace(String fresh) throws IOException {
        Path target = file.orElseThrow().toAbsolutePath();
        Path folder = Optional.ofNullable(target.getParent()).orElseThrow();
        Path written = Files.createTempFile(
                folder,
                ".secret-",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(written, fresh + "\n");
        Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public String toString() {
        return "secret of " + origin();
    }
}
