package holdfast.server.grid;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.Verdict;
import holdfast.server.credentials.Bearer;
import holdfast.server.credentials.MintedTokens;
import holdfast.server.credentials.Right;
import holdfast.server.drivers.DriverCatalogue;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.Start;
import holdfast.server.drivers.webdav.WebDavKind;
import holdfast.server.work.DoorTrial;
import holdfast.storage.Medium;
import holdfast.storage.Place;
import holdfast.storage.StorageDriver.Knock;
import holdfast.storage.StorageElement;
import holdfast.storage.Visitor;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outsiders at the door of a real XRootD: one that is open to all, and one that asks for tokens of its issuer. */
@Tag("grid")
class XrootdDoorTest {
    private static final byte[] BYTES = "not for everybody".getBytes(StandardCharsets.UTF_8);
    private static final String NAME = "/lab/raw/run0/file.root";
    private static final StoragePath PATH = new StoragePath("lab/raw/run0/file.root");

    @TempDir
    Path folder;

    private TestAuthority authority;
    private TokenIssuer issuer;

    @BeforeEach
    void begin() throws IOException {
        Loopback.require("xrootd", "xrootd-server");
        authority = TestAuthority.in(folder.resolve("authority"));
        issuer = TokenIssuer.start(folder.resolve("issuer"), authority);
    }

    @AfterEach
    void end() {
        if (issuer != null) {
            issuer.close();
        }
    }

    /** A driver as the sites file makes it. */
    private ElementDriver driver(Xrootd server, Map<String, String> more) throws IOException {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("url", server.root() + "/element");
        settings.put("authorities", authority.authorities().toString());
        StorageElement element = new StorageElement(
                new StorageName("GRID-DISK"),
                new SiteName("LAB"),
                new Place(Optional.empty(), Optional.empty(), Optional.empty()),
                Optional.of(Medium.ARCHIVAL_DISK),
                StorageElement.Use.IN_USE,
                Optional.empty(),
                new StorageElement.DriverChoice(WebDavKind.NAME, settings));
        Start start = new Start(UUID.randomUUID(), Instant.now());
        ElementDriver driver = new DriverCatalogue(
                        folder,
                        start,
                        new holdfast.server.drivers.Disk(),
                        Map.of(WebDavKind.NAME, new WebDavKind(folder, start, true)))
                .driverOf(element);
        if (driver.initialise(true) instanceof ElementDriver.Initialised.Refused refused) {
            throw new AssertionError(refused.why() + server.log());
        }
        return driver;
    }

    private Map<String, String> guarded(Xrootd server, boolean stranger) throws IOException {
        MintedTokens ours = issuer.tokens(
                server.root().resolve("/").toString().replaceAll("/$", ""), Duration.ofHours(1), Clock.systemUTC());
        Path file = folder.resolve("ours.token");
        Files.writeString(file, reveal(ours, Right.READ, Right.CREATE, Right.MODIFY));
        Map<String, String> settings = new HashMap<>(Map.of("token", "file", "token-file", file.toString()));
        if (stranger) {
            settings.put("stranger-token-file", stranger(Duration.ofHours(1)).toString());
        }
        return settings;
    }

    /** The token of somebody whom another issuer knows, and this site does not. */
    private Path stranger(Duration lasts) throws IOException {
        Clock clock = lasts.isNegative() ? Clock.offset(Clock.systemUTC(), lasts.multipliedBy(2)) : Clock.systemUTC();
        MintedTokens tokens = new MintedTokens(
                new MintedTokens.Issuer("https://other.example/", "somebody", "any", "/data", lasts.abs()),
                MintedTokens.key(issuer.keyFile()),
                clock);
        Path file = folder.resolve("stranger.token");
        Files.writeString(file, reveal(tokens, Right.READ));
        return file;
    }

    /** A token for everything of the export. */
    private static String reveal(MintedTokens tokens, Right... rights) throws IOException {
        return tokens.token(Stream.of(rights)
                        .map(right -> new Bearer.Want(right, "/data"))
                        .toList())
                .orElseThrow()
                .reveal();
    }

    @Test
    void anOpenExportBreachesWithTheFilesName() throws Exception {
        try (Xrootd server = Xrootd.start(folder.resolve("server"), authority, Xrootd.Kind.PLAIN);
                ElementDriver driver = driver(server, Map.of());
                DoorTrial trial = new DoorTrial(folder.resolve("house"), driver)) {
            trial.file(NAME, BYTES);
            ClauseVerdict verdict = trial.knock();
            assertThat(verdict.verdict()).hasValue(Verdict.BREACHED);
            assertThat(verdict.reasons().toString())
                    .contains(PATH + " is open to somebody without a name: HEAD answered 200");
        }
    }

    @Test
    void aClosedExportIsMetAndOneThatIsGoneTellsNothing() throws Exception {
        try (Xrootd server = Xrootd.start(folder.resolve("server"), authority, Xrootd.Kind.PLAIN.guarded(issuer));
                ElementDriver driver = driver(server, guarded(server, true));
                DoorTrial trial = new DoorTrial(folder.resolve("house"), driver)) {
            trial.file(NAME, BYTES);
            ClauseVerdict verdict = trial.knock();
            assertThat(verdict.verdict()).as(verdict.reasons().toString()).hasValue(Verdict.MET);
            for (Visitor visitor : Visitor.values()) {
                assertThat(driver.knock(PATH, visitor)).isInstanceOf(Knock.Refused.class);
                assertThat(driver.knock(new StoragePath("lab/raw/nothing"), visitor))
                        .isInstanceOf(Knock.NotKnown.class);
            }
            server.kill();
            for (Visitor visitor : Visitor.values()) {
                assertThat(driver.knock(PATH, visitor)).isInstanceOf(Knock.NotKnown.class);
            }
            server.start();
            for (Visitor visitor : Visitor.values()) {
                assertThat(driver.knock(PATH, visitor)).isInstanceOf(Knock.Refused.class);
            }
        }
    }

    @Test
    void withoutANonMembersTokenOrWithOneThatEndedTheClauseIsUndetermined() throws Exception {
        try (Xrootd server = Xrootd.start(folder.resolve("server"), authority, Xrootd.Kind.PLAIN.guarded(issuer))) {
            try (ElementDriver driver = driver(server, guarded(server, false));
                    DoorTrial trial = new DoorTrial(folder.resolve("house"), driver)) {
                trial.file(NAME, BYTES);
                ClauseVerdict verdict = trial.knock();
                assertThat(verdict.verdict()).hasValue(Verdict.UNDETERMINED);
                assertThat(verdict.reasons().toString()).contains("stranger-token-file");
            }
            Map<String, String> settings = guarded(server, false);
            settings.put("stranger-token-file", stranger(Duration.ofHours(-1)).toString());
            try (ElementDriver driver = driver(server, settings)) {
                Knock met = driver.knock(PATH, Visitor.STRANGER);
                assertThat(met).isInstanceOf(Knock.NotKnown.class);
                assertThat(met.toString()).contains("ended");
            }
        }
    }

    @Test
    void aServerThatNeverCameIsUndetermined() throws Exception {
        try (Xrootd server = Xrootd.start(folder.resolve("server"), authority, Xrootd.Kind.PLAIN.guarded(issuer));
                ElementDriver driver = driver(server, guarded(server, true));
                DoorTrial trial = new DoorTrial(folder.resolve("house"), driver)) {
            trial.file(NAME, BYTES);
            server.kill();
            assertThat(trial.knock().verdict()).hasValue(Verdict.UNDETERMINED);
            server.start();
            // The round comes back after an hour; the door itself is met at once, whatever connections were kept.
            for (Visitor visitor : Visitor.values()) {
                assertThat(driver.knock(PATH, visitor)).isInstanceOf(Knock.Refused.class);
            }
        }
    }
}
