package holdfast.server.grid;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Ceph with its S3 gateway on loopback, started by this JVM and ended with it: one monitor, one OSD that keeps
 * everything in memory, one gateway. It takes some 15 s to start, so all tests of a JVM share it.
 */
public final class CephGateway {
    private static final String[] NEEDED = {"ceph-mon", "ceph-osd", "radosgw", "radosgw-admin", "ceph", "monmaptool"};

    private final Path folder;
    private final Programs programs;
    private final int port = Ports.free();
    private Process gateway;
    private @Nullable User anybody;

    private static final class Shared {
        static final CephGateway ONE = new CephGateway();
    }

    /** Keys of one user. */
    public record User(String name, String accessKey, String secretKey) {}

    /** The one of this JVM; the test is skipped, with the reason, where none can be started. */
    public static CephGateway shared() {
        Assumptions.assumeTrue(
                Programs.areThere(NEEDED), "Ceph is not installed: build/setup.sh installs it (apt, ceph-mon ...)");
        return Shared.ONE;
    }

    private CephGateway() {
        try {
            folder = Files.createTempDirectory("holdfast-ceph-");
            for (String each : new String[] {"mon", "osd", "run", "rgw", "log"}) {
                Files.createDirectory(folder.resolve(each));
            }
            UUID cluster = UUID.randomUUID();
            int[] monitor = {Ports.free(), Ports.free()};
            Files.writeString(folder.resolve("ceph.conf"), configuration(cluster, monitor));
            programs = new Programs(
                    folder.resolve("log"),
                    Map.of("CEPH_CONF", folder.resolve("ceph.conf").toString()));
            Runtime.getRuntime().addShutdownHook(new Thread(this::end));
            keys();
            monitor(cluster, monitor);
            osd();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        gateway = started();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public int port() {
        return port;
    }

    /** One for all tests that need nobody of their own: to make a user takes the time of a short test. */
    public synchronized User anybody() {
        User made = anybody == null ? user() : anybody;
        anybody = made;
        return made;
    }

    /** A new user. */
    public User user() {
        String name = "u" + UUID.randomUUID().toString().substring(0, 8);
        User user = new User(name, "KEY" + name, "SECRET" + UUID.randomUUID());
        programs.run(
                "radosgw-admin",
                "user",
                "create",
                "--uid=" + name,
                "--display-name=" + name,
                "--access-key=" + user.accessKey(),
                "--secret-key=" + user.secretKey());
        return user;
    }

    /** From now on each bucket of a user takes so many bytes, which the gateway rounds up to blocks of 4 KiB. */
    public void quota(User user, long bytes) {
        programs.run(
                "radosgw-admin",
                "quota",
                "set",
                "--uid=" + user.name(),
                "--quota-scope=bucket",
                "--max-objects=-1",
                "--max-size=" + bytes);
        programs.run("radosgw-admin", "quota", "enable", "--uid=" + user.name(), "--quota-scope=bucket");
    }

    /** The gateway stands still, and keeps its connections. */
    public void stop() {
        Programs.signal(gateway, "STOP");
    }

    public void goOn() {
        Programs.signal(gateway, "CONT");
    }

    public void kill() {
        Programs.kill(gateway);
    }

    /** Starts the gateway anew, after it was killed. */
    public void restart() {
        gateway = started();
    }

    private Process started() {
        return programs.start(() -> Ports.answers(port), "radosgw", "-f", "-n", "client.rgw");
    }

    private void keys() {
        String ring = folder.resolve("keyring").toString();
        programs.run("ceph-authtool", "--create-keyring", ring, "--gen-key", "-n", "mon.", "--cap", "mon", "allow *");
        programs.run(
                "ceph-authtool",
                ring,
                "--gen-key",
                "-n",
                "client.admin",
                "--cap",
                "mon",
                "allow *",
                "--cap",
                "osd",
                "allow *",
                "--cap",
                "mgr",
                "allow *");
        programs.run(
                "ceph-authtool",
                ring,
                "--gen-key",
                "-n",
                "client.rgw",
                "--cap",
                "mon",
                "allow rw",
                "--cap",
                "osd",
                "allow rwx");
        programs.run(
                "ceph-authtool",
                ring,
                "--gen-key",
                "-n",
                "osd.0",
                "--cap",
                "mon",
                "allow profile osd",
                "--cap",
                "osd",
                "allow *");
    }

    private void monitor(UUID cluster, int... ports) {
        String map = folder.resolve("monmap").toString();
        programs.run(
                "monmaptool",
                "--create",
                "--clobber",
                "--fsid",
                cluster.toString(),
                "--addv",
                "a",
                addresses(ports),
                map);
        programs.run(
                "ceph-mon",
                "--mkfs",
                "-i",
                "a",
                "--monmap",
                map,
                "--keyring",
                folder.resolve("keyring").toString());
        programs.start(() -> Ports.answers(ports[0]), "ceph-mon", "-f", "-i", "a");
    }

    private void osd() {
        String id = UUID.randomUUID().toString();
        String number = programs.run("ceph", "osd", "new", id).strip();
        programs.run("ceph-osd", "-i", number, "--mkfs", "--osd-uuid", id);
        programs.run("ceph", "osd", "crush", "add", "osd." + number, "1.0", "host=here", "root=default");
        programs.start(() -> programs.run("ceph", "osd", "stat").contains("1 up"), "ceph-osd", "-f", "-i", number);
    }

    private String configuration(UUID cluster, int... ports) {
        return """
            [global]
            keyring = %1$s/keyring
            fsid = %2$s
            mon_host = %3$s
            public_network = 127.0.0.0/8
            public_addr = 127.0.0.1
            cluster_addr = 127.0.0.1
            auth_cluster_required = cephx
            auth_service_required = cephx
            auth_client_required = cephx
            auth_allow_insecure_global_id_reclaim = true
            osd_pool_default_size = 1
            osd_pool_default_min_size = 1
            osd_pool_default_pg_num = 1
            osd_pool_default_pg_autoscale_mode = off
            mon_allow_pool_size_one = true
            mon_max_pg_per_osd = 1000
            mon_warn_on_pool_no_redundancy = false
            mon_data = %1$s/mon
            mon_data_avail_crit = 1
            mon_data_avail_warn = 2
            paxos_propose_interval = 0.05
            paxos_min_wait = 0.01
            mon_cluster_log_file = %1$s/log/cluster.log
            osd_client_watch_timeout = 5
            objecter_tick_interval = 1
            osd_crush_chooseleaf_type = 0
            osd_data = %1$s/osd
            osd_objectstore = memstore
            memstore_device_bytes = 2147483648
            ms_bind_ipv6 = false
            run_dir = %1$s/run
            admin_socket =
            log_file = %1$s/log/$name.log
            pid_file = %1$s/run/$name.pid
            [client.rgw]
            rgw_frontends = beast endpoint=127.0.0.1:%4$d tcp_nodelay=1
            rgw_data = %1$s/rgw
            rgw_bucket_quota_ttl = 0
            rgw_user_quota_bucket_sync_interval = 1
            """.formatted(folder, cluster, addresses(ports), port);
    }

    private static String addresses(int... ports) {
        return "[v2:127.0.0.1:%d,v1:127.0.0.1:%d]".formatted(ports[0], ports[1]);
    }

    private void end() {
        programs.close();
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(java.util.Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            // A temporary folder stays behind.
            return;
        }
    }

    /** Where its logs stand, for a test that failed. */
    public Optional<Path> logs() {
        return Optional.of(folder.resolve("log"));
    }
}
