package holdfast.server.work;

import holdfast.catalog.CopyRow;
import holdfast.catalog.FileRow;
import holdfast.fixity.Reconciled;
import holdfast.formats.dump.DumpComparison;
import holdfast.server.drivers.Disk;
import holdfast.server.drivers.DriverCatalogue;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.Start;
import holdfast.server.drivers.webdav.WebDavKind;
import holdfast.server.grid.TestAuthority;
import holdfast.server.grid.Xrootd;
import holdfast.storage.Condition;
import holdfast.storage.Medium;
import holdfast.storage.Place;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StoragePath.Layout;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Lists an element of many files with planted differences against the catalogue, by the house's own listing round and by dumps;
 * says what each found, how long it took and how much memory it held. A program and no test: {@code bench/list-element.sh}.
 */
final class ScanBench {
    private static final byte[] BYTES = "a few bytes".getBytes(StandardCharsets.UTF_8);
    private static final int REGISTERED_AT_ONCE = 1_000;
    /** One file may have 65,000 names on ext4. */
    private static final int NAMES_OF_A_FILE = 50_000;

    private final WorkHouse house;
    private final Path root;
    private final int files;
    private final int inFolder;
    private final Set<String> missing = new TreeSet<>();
    private final Set<String> dark = new TreeSet<>();
    private final Set<String> different = new TreeSet<>();
    private boolean good = true;

    private ScanBench(WorkHouse house, Path root, int files, int inFolder) {
        this.house = house;
        this.root = root;
        this.files = files;
        this.inFolder = inFolder;
    }

    /** Arguments: xrootd or posix, the number of files, how many are in a folder, how many differences, an empty folder. */
    public static void main(String[] arguments) throws Exception {
        boolean remote = arguments[0].equals("xrootd");
        Path folder = Path.of(arguments[4]);
        boolean found;
        try (WorkHouse house = new WorkHouse(folder.resolve("house"))) {
            int files = Integer.parseInt(arguments[1]);
            int inFolder = Integer.parseInt(arguments[2]);
            int differences = Integer.parseInt(arguments[3]);
            if (remote) {
                TestAuthority authority = TestAuthority.in(folder.resolve("authority"));
                try (Xrootd server = Xrootd.start(folder.resolve("se"), authority, Xrootd.Kind.PLAIN)) {
                    Path root = folder.resolve("se/root/data/element");
                    found = new ScanBench(house, root, files, inFolder)
                            .run(driver(server, authority, house), differences);
                }
            } else {
                Path root = house.root(WorkHouse.DISK);
                Files.createDirectories(root);
                found = new ScanBench(house, root, files, inFolder).run(house.disk(), differences);
            }
        }
        System.exit(found ? 0 : 1);
    }

    private static ElementDriver driver(Xrootd server, TestAuthority authority, WorkHouse house) {
        Start start = new Start(UUID.randomUUID(), Instant.now());
        StorageElement element = new StorageElement(
                WorkHouse.DISK,
                WorkHouse.LAB,
                new Place(Optional.empty(), Optional.empty(), Optional.empty()),
                Optional.of(Medium.ARCHIVAL_DISK),
                StorageElement.Use.IN_USE,
                Optional.empty(),
                new StorageElement.DriverChoice(
                        WebDavKind.NAME,
                        Map.of(
                                "url",
                                server.root() + "/element",
                                "authorities",
                                authority.authorities().toString())));
        Map<String, holdfast.server.drivers.DriverKind> kinds =
                Map.of(WebDavKind.NAME, new WebDavKind(authority.folder(), start, true));
        ElementDriver driver = new DriverCatalogue(authority.folder(), start, new Disk(), kinds).driverOf(element);
        if (driver.initialise(true) instanceof ElementDriver.Initialised.Refused refused) {
            throw new IllegalStateException(refused.why());
        }
        house.add(element, driver);
        return driver;
    }

    private boolean run(ElementDriver driver, int differences) throws Exception {
        say("registered", seconds(this::register), files);
        say("files made on its disk", seconds(this::lay), files);
        plant(differences);
        house.pass(Duration.ofDays(4));
        long[] walked = new long[1];
        double walk = seconds(() -> driver.list(_ -> walked[0]++));
        say("walked by the driver alone", walk, walked[0]);
        int folders = (files + inFolder - 1) / inFolder;
        System.out.printf("    %,d folders of %,d, %.2f ms each%n", folders, inFolder, walk * 1e3 / folders);
        byDumps();
        byTheRound();
        System.out.printf("  heap at its highest %d MB, resident at its highest %d MB%n", heap(), resident());
        return good;
    }

    private DataId id(int i) {
        return new DataId(WorkHouse.SCOPE, "/lab/raw/run%05d/file%07d.dat".formatted(i / inFolder, i));
    }

    private void register() {
        for (int i = 0; i < files; i += REGISTERED_AT_ONCE) {
            List<FileRow> rows = new ArrayList<>();
            List<CopyRow> copies = new ArrayList<>();
            for (int k = i; k < Math.min(files, i + REGISTERED_AT_ONCE); k++) {
                rows.add(house.file(id(k), BYTES));
                copies.add(house.copy(id(k), 0));
            }
            house.register(rows, copies);
        }
    }

    /** Many names of few files, since each file of its own takes a block. */
    private void lay() throws IOException {
        Path seed = root;
        for (int i = 0; i < files; i++) {
            Path path = root.resolve(id(i).name().substring(1));
            if (i % inFolder == 0) {
                Files.createDirectories(path.getParent());
            }
            if (i % NAMES_OF_A_FILE == 0) {
                Files.write(path, BYTES);
                seed = path;
            } else {
                Files.createLink(path, seed);
            }
        }
    }

    /** A third of each kind, spread over all folders. */
    private void plant(int differences) throws IOException {
        int each = Math.max(1, differences / 3);
        int apart = Math.max(3, files / each);
        for (int k = 0; k < each; k++) {
            String gone = name(k * apart);
            Files.delete(root.resolve(gone));
            missing.add(gone);
            String other = name(k * apart + 1);
            Files.delete(root.resolve(other));
            Files.writeString(root.resolve(other), "cut");
            different.add(other);
            String stray = name(k * apart + 2) + ".stray";
            Files.writeString(root.resolve(stray), "whose am I?");
            dark.add(stray);
        }
        System.out.printf(
                "  planted: %d missing, %d of another size, %d dark%n", missing.size(), different.size(), dark.size());
    }

    private String name(int i) {
        return id(Math.min(i, files - 1)).name().substring(1);
    }

    private void byDumps() throws Exception {
        Path folder = Files.createDirectories(
                root.getFileSystem().getPath(System.getProperty("java.io.tmpdir"), "dumps-" + UUID.randomUUID()));
        Path listing = folder.resolve("listing.tsv");
        Path catalogue = folder.resolve("catalogue.tsv");
        Dumps dumps = new Dumps(house.place);
        double dumped = seconds(() -> {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(listing))) {
                dumps.listing(WorkHouse.DISK, out);
            }
            house.pass(Duration.ofSeconds(1));
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(catalogue))) {
                dumps.catalogue(WorkHouse.DISK, out);
            }
        });
        say("both dumps written", dumped, files);
        Path findings = folder.resolve("findings.tsv");
        Reconciled[] counted = new Reconciled[1];
        double compared = seconds(() -> counted[0] = new DumpComparison(catalogue, listing, folder, 32 << 20)
                .compare(Optional.of(findings))
                .counted());
        say("dumps compared", compared, files);
        Set<String> told = new TreeSet<>(Files.readAllLines(findings).stream()
                .filter(l -> !l.startsWith("#"))
                .map(l -> l.split("\t")[0] + " " + l.split("\t")[1])
                .toList());
        Set<String> planted = new TreeSet<>();
        missing.forEach(p -> planted.add("missing " + p));
        dark.forEach(p -> planted.add("dark " + p));
        different.forEach(p -> planted.add("different " + p));
        found("by dumps", planted, told);
        for (Path one : List.of(listing, catalogue, findings, folder)) {
            Files.delete(one);
        }
    }

    private void byTheRound() throws Exception {
        Listing listing = new Listing(house.place, ListingSettings.DEFAULTS, FixitySettings.DEFAULTS, Layout.NAME);
        List<Condition.Listing> done = new ArrayList<>();
        double took = seconds(() -> listing.step(WorkHouse.DISK).ifPresent(done::add));
        say("listed and compared by the house's round", took, files);
        if (done.isEmpty()) {
            System.out.println("  the listing was not used");
            good = false;
            return;
        }
        found("missing, by the round", missing, paths("select path from copy where state = 'M'"));
        found("of another size, by the round", different, paths("select path from copy where state = 'S'"));
        found("dark, by the round", dark, paths("select path from dark"));
    }

    private void found(String what, Set<String> planted, Set<String> told) {
        Set<String> missed = new TreeSet<>(planted);
        missed.removeAll(told);
        Set<String> invented = new TreeSet<>(told);
        invented.removeAll(planted);
        System.out.printf(
                "  %-42s %,d of %,d found, %d invented%n",
                what, planted.size() - missed.size(), planted.size(), invented.size());
        good &= missed.isEmpty() && invented.isEmpty();
    }

    private Set<String> paths(String sql) {
        return house.database.read(connection -> {
            Set<String> paths = new TreeSet<>();
            try (Statement select = connection.createStatement();
                    ResultSet row = select.executeQuery(sql)) {
                while (row.next()) {
                    paths.add(row.getString(1));
                }
            }
            return paths;
        });
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double seconds(Work work) throws Exception {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void say(String what, double seconds, long count) {
        System.out.printf("  %-42s %8.1f s  %,10.0f files/s%n", what, seconds, count / seconds);
    }

    private static long resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(l -> l.startsWith("VmHWM:"))
                        .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
                        .findFirst()
                        .orElse(0)
                / 1024;
    }

    private static long heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(p -> p.getType() == MemoryType.HEAP)
                        .mapToLong(p -> p.getPeakUsage().getUsed())
                        .sum()
                / 1_000_000;
    }
}
