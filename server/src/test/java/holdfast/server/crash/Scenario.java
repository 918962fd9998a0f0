package holdfast.server.crash;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.plan.Waiver;
import holdfast.server.config.OpenHouse;
import holdfast.server.config.Options;
import holdfast.server.config.Ports;
import holdfast.server.work.Intake;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A short life of a house, in two starts, that does everything which changes anything: files come in and are copied and
 * inspected, some are damaged and mended, tape is recalled from and drilled, elements are listed and knocked at, half a file is fetched, the journal is kept
 * outside, a plan is adopted, a waiver granted, a surplus copy released by two signatures. It can be lived again from its beginning at any point: what was done is
 * not done twice.
 */
final class Scenario {
    static final StorageName HOME = new StorageName("HOME-RAW");
    static final StorageName NEAR = new StorageName("NEAR-RAW");
    static final StorageName TAPE = new StorageName("FAR-TAPE");
    static final StorageName SPARE = new StorageName("SPARE-RAW");
    static final List<StorageName> ELEMENTS = List.of(HOME, NEAR, SPARE, TAPE);
    /** Where the plan wants every file. */
    static final List<StorageName> WANTED = List.of(HOME, NEAR, TAPE);

    /** Folders have no door, so nothing tells whether they let strangers in. */
    static final ClauseId NOT_TOLD = new ClauseId("P-21");

    static final String LAST_VERSION = "2";

    private static final int LARGE = 300_000;
    private static final List<DataId> FIRST =
            List.of(id("/lab/raw/run1/a.dat"), id("/lab/raw/run1/b.dat"), id("/lab/raw/run2/large.dat"));
    private static final List<DataId> SECOND = List.of(id("/lab/raw/run2/c.dat"), id("/top.dat"));
    /** It has a copy more than the plan wants, and that is released. */
    static final DataId SURPLUS = SECOND.getFirst();

    private static final UUID WAIVER = UUID.fromString("00000000-0000-4000-8000-000000000001");

    private final Path folder;
    private final String databaseUrl;
    private final Ports ports;
    private final AtomicReference<Duration> ahead;
    private final Says says;

    /** @param ahead how far the house's clock is ahead of the database's; the scenario lets time pass */
    Scenario(Path folder, String databaseUrl, Ports ports, AtomicReference<Duration> ahead, Says says) {
        this.folder = folder;
        this.databaseUrl = databaseUrl;
        this.ports = ports;
        this.ahead = ahead;
        this.says = says;
    }

    /** Every file that the scenario sends in. */
    static List<DataId> files() {
        List<DataId> all = new ArrayList<>(FIRST);
        all.addAll(SECOND);
        return all;
    }

    static byte[] bytes(DataId id) {
        byte[] bytes =
                new byte[id.name().contains("large") ? LARGE : 2_000 + id.name().length()];
        new Random(id.name().hashCode()).nextBytes(bytes);
        return bytes;
    }

    /** The whole of it, from wherever the house stands. */
    void live() throws Exception {
        try (OpenHouse house = open()) {
            send(house, FIRST);
            house.rest();
            house.keepJournal();
        }
        tear();
        try (OpenHouse house = open()) {
            finish(house);
        }
    }

    OpenHouse open() throws Exception {
        Path plan = file("crash.yaml");
        Options.Files files = new Options.Files(plan, file("crash-sites.yaml"), file("crash-policy.yaml"));
        return OpenHouse.on(new Options(data(), 0, Optional.of(files), Optional.of(databaseUrl)), ports);
    }

    /** Everything to the end, whatever of it was done before. */
    void finish(OpenHouse house) throws Exception {
        send(house, FIRST);
        send(house, SECOND);
        house.rest();
        house.drill(TAPE);
        damage(house);
        for (StorageName element : ELEMENTS) {
            house.inspectAgain(element);
            house.inspectAgain(element);
        }
        house.rest();
        ELEMENTS.forEach(house::list);
        govern(house);
        house.rest();
        ELEMENTS.forEach(house::knock);
        fetch(house);
        if (house.release(SURPLUS, SPARE, bytes(SURPLUS))) {
            pass(Duration.ofDays(8));
            house.carryOutReleases();
        }
        pass(Duration.ofMinutes(2));
        house.keepJournal();
        house.signHead();
    }

    /** Somebody goes on with a download that was broken off. */
    private static void fetch(OpenHouse house) throws IOException {
        DataId id = FIRST.getLast();
        byte[] rest = house.read(id, LARGE / 2);
        if (!Arrays.equals(rest, Arrays.copyOfRange(bytes(id), LARGE / 2, LARGE))) {
            throw new IllegalStateException("other bytes of " + id + " were read than were sent in");
        }
    }

    private void govern(OpenHouse house) throws IOException {
        if (house.waivers().isEmpty()) {
            house.waive(new Waiver(
                    WAIVER,
                    new ClauseId("P-27"),
                    Set.of(FIRST.getFirst()),
                    new Actor("manager"),
                    new Actor("keeper"),
                    "tried",
                    house.now(),
                    house.now().plus(Duration.ofDays(80))));
        }
        house.adoptVersion(LAST_VERSION);
        house.rotateSecret();
    }

    private void send(OpenHouse house, List<DataId> ids) {
        Map<DataId, byte[]> files = new LinkedHashMap<>();
        ids.forEach(id -> files.put(id, bytes(id)));
        List<Intake.Outcome> outcomes = house.send(files);
        for (int i = 0; i < ids.size(); i++) {
            switch (outcomes.get(i)) {
                case Intake.Outcome.Registered _, Intake.Outcome.Already _, Intake.Outcome.Returned _ ->
                    says.registered(ids.get(i).name());
                case Intake.Outcome.Refused refused ->
                    throw new IllegalStateException(ids.get(i) + " was refused: " + refused.findings());
            }
        }
    }

    /** Once: a bit of one copy is flipped, another copy is gone, behind the house's back. */
    private void damage(OpenHouse house) throws IOException {
        Path done = folder.resolve("damaged");
        if (Files.exists(done)) {
            return;
        }
        Path flipped = place(house.copy(FIRST.get(0), NEAR).orElseThrow());
        byte[] bytes = Files.readAllBytes(flipped);
        bytes[bytes.length / 2] ^= 1;
        Files.write(flipped, bytes);
        Path gone = place(house.copy(FIRST.get(1), HOME).orElseThrow());
        Files.delete(gone);
        Files.writeString(done, data().relativize(flipped) + "\n" + data().relativize(gone) + "\n");
    }

    /** A power cut may leave half a line at the end of what is appended to. */
    private void tear() throws IOException {
        Path torn = folder.resolve("torn");
        if (Files.exists(torn)) {
            return;
        }
        for (Path file : List.of(data().resolve("journal/heads.txt"), data().resolve("elements/FAR-TAPE/index/0001"))) {
            Files.writeString(file, "half a li", StandardOpenOption.APPEND);
        }
        Files.createFile(torn);
    }

    private void pass(Duration time) {
        ahead.updateAndGet(now -> now.plus(time));
    }

    Path data() {
        return folder.resolve("data");
    }

    Path place(CopyRow copy) {
        return data().resolve("elements")
                .resolve(copy.storage().name())
                .resolve(copy.path().path());
    }

    /** Files of the data folder that the scenario spoilt, as paths in it. */
    static List<String> spoilt(Path folder) throws IOException {
        Path done = folder.resolve("damaged");
        return Files.exists(done) ? Files.readAllLines(done) : List.of();
    }

    static boolean counts(CopyRow copy) {
        return copy.state() == CopyState.ARRIVED || copy.state() == CopyState.PROVED;
    }

    private static DataId id(String name) {
        return new DataId(new Scope("raw"), name);
    }

    private Path file(String name) throws IOException {
        Path copy = folder.resolve(name);
        if (!Files.exists(copy)) {
            try (var in = Scenario.class.getResourceAsStream("/crash/" + name)) {
                Files.write(copy, in.readAllBytes());
            }
        }
        return copy;
    }
}
