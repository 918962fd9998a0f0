package holdfast.cli.wire;

import holdfast.formats.Json;
import holdfast.formats.Result.BadFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The logins of whoever types, one for each server, in a file that only they can read. */
public final class Logins {
    private static final String NAME = "logins.json";

    /** A token that ends sooner is refreshed first. */
    private static final Duration BEFORE_ITS_END = Duration.ofMinutes(1);

    private final Path folder;

    private Logins(Path folder) {
        this.folder = folder;
    }

    /** Those below XDG_CONFIG_HOME, or {@code ~/.config}. */
    public static Logins ofThisUser(Map<String, String> environment) {
        String configured = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path base = configured.isBlank() ? Path.of(System.getProperty("user.home"), ".config") : Path.of(configured);
        return new Logins(base.resolve("holdfast"));
    }

    private record Kept(List<KeptLogin> logins) {}

    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Failed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    public Path file() {
        return folder.resolve(NAME);
    }

    /** The login at a server; nothing is asked yet. */
    public Optional<Login> find(String server) {
        return kept(server).map(kept -> new Login(this, kept));
    }

    public Optional<KeptLogin> kept(String server) {
        return read().stream().filter(one -> one.server().equals(server)).findFirst();
    }

    /** Keeps a login in the place of the one for the same server. */
    public void keep(KeptLogin login) {
        locked(all -> {
            List<KeptLogin> others = without(all, login.server());
            others.add(login);
            return others;
        });
    }

    public void forget(String server) {
        locked(all -> without(all, server));
    }

    private static List<KeptLogin> without(List<KeptLogin> all, String server) {
        return new ArrayList<>(
                all.stream().filter(one -> !one.server().equals(server)).toList());
    }

    /**
     * The same login with a token that is good for a while. A refresh token may be good once: of several commands at the same time one
     * uses it, and the others find what it brought.
     */
    KeptLogin fresh(KeptLogin seen) {
        if (isGood(seen)) {
            return seen;
        }
        locked(all -> {
            List<KeptLogin> next = new ArrayList<>();
            for (KeptLogin one : all) {
                next.add(one.server().equals(seen.server()) && !isGood(one) ? refreshed(one) : one);
            }
            return next;
        });
        return kept(seen.server()).orElseThrow(() -> new NoServer("you have logged out; log in with `holdfast login`"));
    }

    private static boolean isGood(KeptLogin login) {
        return Instant.now().plus(BEFORE_ITS_END).isBefore(login.end());
    }

    private static KeptLogin refreshed(KeptLogin old) {
        if (old.refresh() == null) {
            if (Instant.now().isBefore(old.end())) {
                return old;
            }
            throw new NoServer("your login at " + old.issuer() + " has ended; log in again with `holdfast login`");
        }
        try {
            IssuerLine line =
                    new IssuerLine(Optional.ofNullable(old.authority()).map(Path::of));
            IssuerLine.Tokens tokens = line.post(
                    old.token(),
                    Map.of("grant_type", "refresh_token", "refresh_token", old.refresh(), "client_id", old.client()),
                    IssuerLine.Tokens.class);
            return old.with(tokens, Instant.now());
        } catch (IssuerLine.Refused no) {
            throw new NoServer(
                    "your login at " + old.issuer() + " is not renewed (" + no.getMessage()
                            + "); log in again with `holdfast login`",
                    no);
        }
    }

    private List<KeptLogin> read() {
        try {
            return Json.read(Files.readString(file()), Kept.class).logins();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (BadFile | IOException bad) {
            throw new Failed(
                    file() + " cannot be read (" + bad.getMessage() + "); remove it and log in with `holdfast login`",
                    bad);
        }
    }

    private void locked(UnaryOperator<List<KeptLogin>> change) {
        try {
            Files.createDirectories(folder, only("rwx------"));
            Path lock = folder.resolve(NAME + ".lock");
            try (FileChannel channel = FileChannel.open(
                            lock, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), only("rw-------"));
                    FileLock _ = channel.lock()) {
                write(change.apply(read()));
            }
        } catch (IOException bad) {
            throw new Failed(file() + " cannot be written: " + bad.getMessage(), bad);
        }
    }

    private void write(List<KeptLogin> logins) throws IOException {
        write(file(), Json.write(new Kept(logins)));
    }

    /** Writes a file that only its owner can read, whole or not at all. */
    public static void write(Path file, String text) throws IOException {
        Path target = file.toAbsolutePath();
        Path written = Files.createTempFile(
                Optional.ofNullable(target.getParent()).orElseThrow(), ".login-", "", only("rw-------"));
        try {
            Files.writeString(written, text);
            Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> only(String owner) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(owner));
    }

    /** Gives a login's tokens back, where the issuer takes them (RFC 7009). */
    public static void revoke(KeptLogin login) {
        if (login.revocation() == null) {
            return;
        }
        IssuerLine line = new IssuerLine(Optional.ofNullable(login.authority()).map(Path::of));
        String token = login.refresh() == null ? login.access() : login.refresh();
        line.post(login.revocation(), Map.of("token", token, "client_id", login.client()));
    }
}
