package holdfast.server.grid;

import holdfast.server.credentials.Bearer;
import holdfast.server.drivers.DigestPass;
import holdfast.server.drivers.Measured;
import holdfast.server.drivers.webdav.WebDavDriver;
import holdfast.server.movers.Cargo;
import holdfast.server.movers.Landed;
import holdfast.server.movers.Landing;
import holdfast.storage.ThirdPartyCopy.Origin;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Copies many files at once between two real XRootD servers, as a mover has it done, and lets gfal-copy do the same; says how fast, with
 * how much memory, and whether every byte is right. Run by bench/third-party.sh, which puts it into a network of its own.
 */
final class ThirdPartyBench {
    private static final Duration STALL = Duration.ofMinutes(2);
    private static final String FOLDER = "bench";

    private ThirdPartyBench() {}

    public static void main(String[] arguments) throws Exception {
        int files = Integer.parseInt(arguments[0]);
        int bytes = Integer.parseInt(arguments[1]);
        Path folder = Path.of(arguments[2]);
        TestAuthority authority = TestAuthority.in(folder.resolve("authority"));
        try (Xrootd from = Xrootd.start(folder.resolve("from"), authority, Xrootd.Kind.PLAIN);
                Xrootd to = Xrootd.start(folder.resolve("to"), authority, Xrootd.Kind.PLAIN);
                WebDavDriver source = driver(from, authority, files);
                WebDavDriver target = driver(to, authority, files)) {
            List<Digests> digests = plant(from.files().resolve("element/" + FOLDER), files, bytes);
            double ours = copy(source, target, digests, bytes);
            report("Holdfast, all at once", files, bytes, ours);
            System.out.printf("  memory of the manager: %d MB resident at most, heap %d MB at most%n", peak(), heap());
            System.out.printf("  read back and compared: %d of %d right%n", right(target, digests), files);
            double theirs = gfal(from, to, authority, folder, files);
            report("gfal-copy --from-file, both ends compared by adler32", files, bytes, theirs);
            System.out.printf("  ratio: %.2f%n", theirs / ours);
        }
    }

    private static WebDavDriver driver(Xrootd server, TestAuthority authority, int copies) {
        return Remote.marked(URI.create(server.root() + "/element"), authority, Bearer.NONE, STALL, copies);
    }

    private static List<Digests> plant(Path folder, int files, int size) throws IOException {
        Files.createDirectories(folder);
        List<Digests> digests = new ArrayList<>(files);
        byte[] bytes = new byte[size];
        Random random = new Random(7);
        for (int i = 0; i < files; i++) {
            random.nextBytes(bytes);
            Files.write(folder.resolve("f" + i), bytes);
            digests.add(DigestPass.over(new java.io.ByteArrayInputStream(bytes), DigestPass.ALL)
                    .digests());
        }
        return digests;
    }

    /** Seconds. */
    private static double copy(WebDavDriver source, WebDavDriver target, List<Digests> digests, int size) {
        List<Cargo> cargoes = new ArrayList<>();
        for (int i = 0; i < digests.size(); i++) {
            StoragePath path = new StoragePath(FOLDER + "/f" + i);
            cargoes.add(new Cargo(
                    new DataId(new Scope("bench"), "/" + path.path()),
                    new holdfast.vocabulary.ByteSize(size),
                    digests.get(i),
                    0,
                    () -> source.open(path),
                    List.of(new Origin(source.thirdParty().orElseThrow(), path))));
        }
        long began = System.nanoTime();
        List<Landed> landed = new Landing(target, StoragePath.Layout.NAME).land(cargoes);
        double seconds = (System.nanoTime() - began) / 1e9;
        List<Landed> bad =
                landed.stream().filter(l -> !(l instanceof Landed.Done)).toList();
        System.out.printf("  %d of %d arrived, both ends compared%n", landed.size() - bad.size(), landed.size());
        bad.stream().limit(5).forEach(b -> System.out.println("  " + b));
        return seconds;
    }

    private static int right(WebDavDriver target, List<Digests> digests) throws IOException {
        int right = 0;
        for (int i = 0; i < digests.size(); i++) {
            try (InputStream in = target.open(new StoragePath(FOLDER + "/f" + i))) {
                Measured measured = DigestPass.over(in, DigestPass.ALL);
                right += digests.get(i).proves(measured.digests()) ? 1 : 0;
            }
        }
        return right;
    }

    private static double gfal(Xrootd from, Xrootd to, TestAuthority authority, Path folder, int files)
            throws IOException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            names.add(from.root("davs") + "/element/" + FOLDER + "/f" + i);
        }
        Path list = Files.write(folder.resolve("list"), names);
        Path there = Files.createDirectories(to.files().resolve("gfal"));
        Command.mustRun(folder, "chmod", "777", there.toString());
        long began = System.nanoTime();
        Command.Said said = Command.run(
                folder,
                // With no token at all it asks for a delegated proxy, which this server does not take.
                Map.of("X509_CERT_DIR", authority.certificates().toString(), "BEARER_TOKEN", "open-to-all"),
                "gfal-copy",
                "-p",
                "--copy-mode",
                "pull",
                "-K",
                "ADLER32",
                "--checksum-mode",
                "both",
                "--from-file",
                list.toString(),
                to.root("davs") + "/gfal/");
        if (said.code() != 0) {
            throw new IOException("gfal-copy ended with %d: %s".formatted(said.code(), said.text()));
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private static void report(String who, int files, int bytes, double seconds) {
        System.out.printf(
                "%s: %.1f s, %.0f files/s, %.1f MB/s%n",
                who, seconds, files / seconds, files * (double) bytes / 1e6 / seconds);
    }

    private static long peak() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(l -> l.startsWith("VmHWM:"))
                        .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
                        .findFirst()
                        .orElse(0)
                / 1024;
    }

    private static long heap() {
        return java.lang.management.ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(p -> p.getType() == java.lang.management.MemoryType.HEAP)
                        .mapToLong(p -> p.getPeakUsage().getUsed())
                        .sum()
                / 1_000_000;
    }
}
