package holdfast.server.erase;

import holdfast.formats.SitesFile;
import holdfast.plan.Sites;
import holdfast.retention.Signer;
import holdfast.server.config.Kinds;
import holdfast.server.drivers.Disk;
import holdfast.server.drivers.DriverCatalogue;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.ElementDriver.Initialised;
import holdfast.server.drivers.Start;
import holdfast.server.erase.Eraser.Round;
import holdfast.server.erase.Eraser.Site;
import holdfast.storage.StorageDriver;
import holdfast.storage.StorageElement;
import holdfast.storage.StorageElement.Deletes;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.StorageName;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code holdfast erase}: a process of one site, which removes its copies of signed releases. */
public final class EraseCommand {
    private static final int WHOLE = 0;
    private static final int LEFT = 1;
    private static final int REFUSED = 2;
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final EraseOptions options;
    private final Clock clock;
    private final PrintStream out;
    private final PrintStream err;
    private final Map<StorageName, StorageElement> elements = new HashMap<>();
    private final Map<StorageName, ElementDriver> drivers = new HashMap<>();

    private EraseCommand(EraseOptions options, Clock clock, PrintStream out, PrintStream err) {
        this.options = options;
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    /** Runs the verb with the arguments after it; answers the exit code. */
    public static int run(List<String> arguments, Clock clock, PrintStream out, PrintStream err) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.print(EraseOptions.USAGE);
            return WHOLE;
        }
        try {
            return new EraseCommand(EraseOptions.parse(arguments), clock, out, err).run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return REFUSED;
        } catch (IOException | RuntimeException e) {
            err.println("holdfast erase: " + e.getMessage());
            return REFUSED;
        }
    }

    private int run() throws IOException, InterruptedException {
        try (Book book = Book.at(options.book());
                HouseDoor house = new HouseDoor(options.house(), options.site(), options.token())) {
            readElements();
            while (true) {
                int code = round(house, book);
                if (options.once()) {
                    return code;
                }
                Thread.sleep(PAUSE);
            }
        } finally {
            drivers.values().forEach(ElementDriver::close);
        }
    }

    /** A round that fails is told, and the next one comes; the signers are read anew, for one may have been struck off. */
    private int round(HouseDoor house, Book book) throws IOException {
        try {
            Map<StorageName, Deletes> rules = new HashMap<>();
            elements.forEach((name, element) -> rules.put(name, element.deletes()));
            Site site = new Site(rules, answering(), signers(options.signers()));
            Round round = new Eraser(house, site, book, clock, err::println).round();
            if (options.once() || round.removed() > 0) {
                out.printf(
                        "%s: %d removed, %d refused, %d stand%n",
                        options.site(), round.removed(), round.refused(), round.standing());
            }
            return round.isWhole() ? WHOLE : LEFT;
        } catch (IOException | RuntimeException e) {
            if (options.once()) {
                throw e;
            }
            err.println("holdfast erase: " + e.getMessage() + "; tried again");
            return LEFT;
        }
    }

    /** The elements that are this site's and where it removes by itself; all others are left alone. */
    private void readElements() throws IOException {
        Sites sites = SitesFile.read(
                        Files.readString(options.sites()), options.sites().toString())
                .orThrow();
        sites.at(options.site()).stream()
                .filter(element -> element.deletes().by() == Deletes.By.SITE)
                .forEach(element -> elements.put(element.name(), element));
        if (elements.isEmpty()) {
            throw new EraseRefused("%s names no element of site %s with deletes: {by: site}"
                    .formatted(options.sites(), options.site()));
        }
        elements.forEach((name, element) -> drivers.put(name, driver(element)));
    }

    /** What others left unfinished in an element is the house's to clear: before this start nothing is old enough. */
    private ElementDriver driver(StorageElement element) {
        if (element.driver().kind().equals("tape")) {
            throw new EraseRefused(element.name()
                    + " has driver tape: tape over folders belongs to one process, the house; write deletes:"
                    + " {by: house}");
        }
        Start start = new Start(UUID.randomUUID(), Instant.EPOCH);
        boolean near = options.privateStorage();
        return new DriverCatalogue(
                        options.secrets(), start, new Disk(), Kinds.of(options.secrets(), start, clock::instant, near))
                .driverOf(element);
    }

    /** Those that carry a mark; this process never marks one. */
    private Map<StorageName, StorageDriver> answering() {
        Map<StorageName, StorageDriver> answering = new HashMap<>();
        drivers.forEach((name, driver) -> {
            switch (driver.initialise(false)) {
                case Initialised.Refused refused -> err.println(name + " is left alone: " + refused.why());
                case Initialised.Known _, Initialised.Marked _ -> answering.put(name, driver);
            }
        });
        return answering;
    }

    /** A line with name and public key for each; empty lines and those with # are passed over. */
    private static List<Signer> signers(Path file) throws IOException {
        List<Signer> signers = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            String plain = line.strip();
            if (plain.isEmpty() || plain.startsWith("#")) {
                continue;
            }
            List<String> words = List.of(plain.split("\\s+", -1));
            if (words.size() != 2) {
                throw new EraseRefused("%s, line %d: write a name and a public key".formatted(file, number));
            }
            try {
                signers.add(new Signer(new Actor(words.getFirst()), words.getLast()));
            } catch (IllegalArgumentException bad) {
                throw new EraseRefused("%s, line %d: %s".formatted(file, number, bad.getMessage()));
            }
        }
        return signers;
    }
}
