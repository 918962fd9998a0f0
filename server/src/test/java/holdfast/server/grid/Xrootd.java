package holdfast.server.grid;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real XRootD with HTTP, third-party copy and digests, whose export {@code /data} is a folder of the test. It can be killed,
 * stopped in the middle, and started again on its port; it ends with its test.
 */
public final class Xrootd implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(20);

    private final Path folder;
    private final TestAuthority authority;
    private final Kind kind;
    private final int port;
    private @Nullable Process process;
    private int deaths;

    /**
     * What kind of server.
     *
     * @param bytesPerSecond how fast it reads and writes at most
     * @param diskBytes a disk of its own, of this size
     * @param issuer whose tokens it wants; without one it asks for none
     * @param members whether only certificates of its members are let in; without these and without an issuer it is open to all
     * @param digests whether it computes digests of its files
     * @param copies whether it copies from and to other servers
     */
    public record Kind(
            Optional<String> bytesPerSecond,
            Optional<String> diskBytes,
            Optional<TokenIssuer> issuer,
            boolean members,
            boolean copies,
            boolean digests) {
        public static final Kind PLAIN =
                new Kind(Optional.empty(), Optional.empty(), Optional.empty(), false, true, true);

        Kind throttled(String rate) {
            return new Kind(Optional.of(rate), diskBytes, issuer, members, copies, digests);
        }

        Kind tiny(String size) {
            return new Kind(bytesPerSecond, Optional.of(size), issuer, members, copies, digests);
        }

        Kind guarded(TokenIssuer by) {
            return new Kind(bytesPerSecond, diskBytes, Optional.of(by), members, copies, digests);
        }

        /** A server that lets in who shows the certificate of a member. */
        Kind forMembers() {
            return new Kind(bytesPerSecond, diskBytes, issuer, true, copies, digests);
        }

        /** A server that computes no digests. */
        Kind withoutDigests() {
            return new Kind(bytesPerSecond, diskBytes, issuer, members, copies, false);
        }

        /** A server that cannot be asked to copy. */
        Kind withoutCopies() {
            return new Kind(bytesPerSecond, diskBytes, issuer, members, false, digests);
        }
    }

    private Xrootd(Path folder, TestAuthority authority, Kind kind, int port) {
        this.folder = folder;
        this.authority = authority;
        this.kind = kind;
        this.port = port;
    }

    public static Xrootd start(Path folder, TestAuthority authority, Kind kind) throws IOException {
        Loopback.require("xrootd", "xrootd-server");
        Xrootd server = new Xrootd(folder, authority, kind, Loopback.freePort());
        server.prepare();
        server.start();
        return server;
    }

    /** The root of the export, over TLS. */
    public URI root() {
        return URI.create("https://localhost:%d/data".formatted(port));
    }

    URI root(String scheme) {
        return URI.create("%s://localhost:%d/data".formatted(scheme, port));
    }

    /** The folder behind the export, as the site's administrator sees it. */
    Path files() {
        return folder.resolve("root/data");
    }

    private void prepare() throws IOException {
        for (String one : List.of("root/data", "admin", "run", "cache", "log")) {
            Files.createDirectories(folder.resolve(one));
        }
        Files.copy(authority.host(), folder.resolve("host.pem"));
        Files.copy(authority.hostKey(), folder.resolve("host.key"));
        Files.writeString(folder.resolve("authdb"), "u alice /data a\n");
        Files.writeString(folder.resolve("gridmap"), "\"/DC=test/CN=Alice\" alice\n");
        if (kind.issuer.isPresent()) {
            Files.writeString(folder.resolve("scitokens.cfg"), """
                [Global]
                audience = %s, https://wlcg.cern.ch/jwt/v1/any
                onmissing = deny

                [Issuer lab]
                issuer = %s
                base_path = /data
                default_user = xrootd
                """.formatted(
                            root().resolve("/").toString().replaceAll("/$", ""),
                            kind.issuer.get().url()));
            Files.writeString(
                    folder.resolve("bundle.crt"),
                    Files.readString(Path.of("/etc/ssl/certs/ca-certificates.crt"))
                            + Files.readString(authority.authorities()));
        }
        Files.writeString(folder.resolve("xrootd.cfg"), config());
        if (Loopback.isRoot()) {
            Command.mustRun(folder, "chown", "-R", "xrootd", folder.toString());
            // It steps down from root: all folders above its own have to let it pass.
            for (Path above = folder; above != null; above = above.getParent()) {
                if (above.startsWith("/tmp") && !above.equals(Path.of("/tmp"))) {
                    Command.mustRun(folder, "chmod", "a+x", above.toString());
                }
            }
        }
        if (kind.diskBytes.isPresent()) {
            Command.mustRun(
                    folder,
                    "mount",
                    "-t",
                    "tmpfs",
                    "-o",
                    "size=" + kind.diskBytes.get() + ",mode=777",
                    "tmpfs",
                    files().toString());
        }
        Command.mustRun(folder, "chmod", "400", folder.resolve("host.key").toString());
    }

    private String config() {
        StringBuilder config = new StringBuilder("""
            xrd.port @PORT@
            xrd.network nodnr
            all.export /data
            oss.localroot @DIR@/root
            all.adminpath @DIR@/admin
            all.pidpath @DIR@/run
            xrd.tls @DIR@/host.pem @DIR@/host.key
            xrd.tlsca certdir @CERTS@
            xrd.protocol http:@PORT@ libXrdHttp.so
            http.header2cgi Authorization authz
            @TPC@
            http.selfhttps2http no
            http.listingdeny no
            http.desthttps yes
            @SUMS@
            xrootd.tls capable all
            xrd.allow host localhost
            xrd.allow host 127.0.0.1
            """);
        kind.bytesPerSecond.ifPresent(rate -> config.append("""
            xrootd.fslib ++ throttle
            throttle.throttle data %s
            """.formatted(rate)));
        if (kind.issuer.isPresent() || kind.members) {
            config.append("""
                ofs.authorize 1
                acc.authdb @DIR@/authdb
                http.gridmap @DIR@/gridmap
                """);
        }
        if (kind.issuer.isPresent()) {
            config.append("""
                ofs.authlib ++ libXrdAccSciTokens.so config=@DIR@/scitokens.cfg
                scitokens.trace all
                """);
        }
        return config.toString()
                .replace("@SUMS@", kind.digests ? "xrootd.chksum max 2 adler32 crc32 md5" : "")
                .replace("@TPC@", kind.copies ? "http.exthandler xrdtpc libXrdHttpTPC.so" : "")
                .replace("@PORT@", Integer.toString(port))
                .replace("@DIR@", folder.toString())
                .replace("@CERTS@", authority.certificates().toString());
    }

    void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("log/out").toFile()));
        builder.environment().put("X509_CERT_DIR", authority.certificates().toString());
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        Process started = builder.start();
        process = started;
        Instant until = Instant.now().plus(START);
        while (!answers()) {
            if (!started.isAlive() || Instant.now().isAfter(until)) {
                throw new IOException("XRootD did not come up:\n" + Files.readString(folder.resolve("log/out")));
            }
            pause();
        }
    }

    private List<String> command() {
        String server =
                "xrootd %s-c %s/xrootd.cfg -n s%d".formatted(Loopback.isRoot() ? "-R xrootd " : "", folder, port);
        if (kind.issuer.isEmpty()) {
            return List.of(server.split(" "));
        }
        String script = "mount --make-rprivate /; ";
        if (kind.issuer.isPresent()) {
            // It fetches its issuer's keys by libcurl, which knows the system's authorities only.
            script += "mount --bind %s/bundle.crt /etc/ssl/certs/ca-certificates.crt; ".formatted(folder);
        }
        return List.of("unshare", "-m", "bash", "-ec", script + "exec " + server);
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("localhost", port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(30);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Kill -9. */
    void kill() throws IOException {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            try {
                running.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
        process = null;
    }

    /** Starts it again where it ended by itself. */
    synchronized void reviveIfDead() throws IOException {
        Process running = process;
        if (running != null && !running.isAlive()) {
            deaths++;
            start();
        }
    }

    /** How often it was revived. */
    synchronized int deaths() {
        return deaths;
    }

    /** Freezes it in whatever it does. */
    void stop() throws IOException {
        signal("STOP");
    }

    void goOn() throws IOException {
        signal("CONT");
    }

    private void signal(String name) throws IOException {
        Process running = process;
        if (running != null) {
            Command.mustRun(folder, "kill", "-" + name, Long.toString(running.pid()));
        }
    }

    /** What it wrote of itself. */
    String log() throws IOException {
        return Files.readString(folder.resolve("log/out"));
    }

    @Override
    public void close() throws IOException {
        kill();
        if (kind.diskBytes.isPresent()) {
            Command.mustRun(folder, "umount", files().toString());
        }
    }
}
