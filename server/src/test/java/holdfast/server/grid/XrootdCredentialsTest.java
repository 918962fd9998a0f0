package holdfast.server.grid;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.drivers.Disk;
import holdfast.server.drivers.DriverCatalogue;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.ElementDriver.Initialised;
import holdfast.server.drivers.Start;
import holdfast.server.drivers.webdav.WebDavKind;
import holdfast.storage.Medium;
import holdfast.storage.Place;
import holdfast.storage.StorageDriver.Written;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the house shows who it is to a real XRootD, as the sites file says it: certificates, and tokens that an issuer gives for a secret. */
@Tag("grid")
class XrootdCredentialsTest {
    private static final byte[] BYTES = "for members".getBytes(StandardCharsets.UTF_8);
    private static final StoragePath PATH = new StoragePath("raw/file.root");

    @TempDir
    Path folder;

    private TestAuthority authority;

    @BeforeEach
    void begin() throws IOException {
        Loopback.require("xrootd", "xrootd-server");
        authority = TestAuthority.in(folder.resolve("authority"));
    }

    private ElementDriver driver(Xrootd server, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("url", server.root() + "/element");
        settings.put("authorities", authority.authorities().toString());
        Start start = new Start(UUID.randomUUID(), Instant.now());
        return new DriverCatalogue(
                        folder, start, new Disk(), Map.of(WebDavKind.NAME, new WebDavKind(folder, start, true)))
                .driverOf(new StorageElement(
                        new StorageName("GRID-DISK"),
                        new SiteName("LAB"),
                        new Place(Optional.empty(), Optional.empty(), Optional.empty()),
                        Optional.of(Medium.ARCHIVAL_DISK),
                        StorageElement.Use.IN_USE,
                        Optional.empty(),
                        new StorageElement.DriverChoice(WebDavKind.NAME, settings)));
    }

    private static void requireWrittenAndRead(ElementDriver driver) throws IOException {
        assertThat(driver.initialise(true)).isInstanceOf(Initialised.Marked.class);
        assertThat(driver.write(PATH, new ByteSize(BYTES.length), new ByteArrayInputStream(BYTES)))
                .isInstanceOf(Written.Done.class);
        try (InputStream in = driver.open(PATH)) {
            assertThat(in.readAllBytes()).isEqualTo(BYTES);
        }
    }

    private static void requireRefused(ElementDriver driver, Xrootd server, String... words) {
        assertThat(driver.initialise(true))
                .isInstanceOfSatisfying(
                        Initialised.Refused.class,
                        refused -> assertThat(refused.why()).contains(words));
        assertThat(server.files().resolve("element")).doesNotExist();
    }

    @Test
    void aMembersCertificateIsLetInAndNobodyIsWithoutOne() throws Exception {
        try (Xrootd server = Xrootd.start(folder.resolve("server"), authority, Xrootd.Kind.PLAIN.forMembers())) {
            try (ElementDriver bare = driver(server, Map.of())) {
                requireRefused(bare, server, "403");
            }
            try (ElementDriver stranger =
                    driver(server, Map.of("certificate", identityOfTheHost().toString()))) {
                requireRefused(stranger, server, "403");
            }
            try (ElementDriver member =
                    driver(server, Map.of("certificate", authority.alice().toString()))) {
                requireWrittenAndRead(member);
            }
        }
    }

    /** A certificate of the right authority, whose holder is no member. */
    private Path identityOfTheHost() throws IOException {
        return Files.writeString(
                folder.resolve("host-identity.pem"),
                Files.readString(authority.host()) + Files.readString(authority.hostKey()));
    }

    @Test
    void tokensThatTheIssuerGivesForOurSecretAreLetInEachForAsLittleAsIsAsked() throws Exception {
        try (TokenIssuer issuer = TokenIssuer.start(folder.resolve("issuer"), authority);
                Xrootd server = Xrootd.start(folder.resolve("server"), authority, Xrootd.Kind.PLAIN.guarded(issuer))) {
            try (ElementDriver wrong = driver(server, exchanged(server, issuer, "house\nanother secret"))) {
                requireRefused(wrong, server, "gave no token", "401");
            }
            assertThat(issuer.exchanged()).isEmpty();
            try (ElementDriver driver = driver(server, exchanged(server, issuer, TokenIssuer.CLIENT))) {
                requireWrittenAndRead(driver);
                assertThat(issuer.exchanged())
                        .doesNotHaveDuplicates()
                        .contains("storage.read:/element/raw/file.root", "storage.create:/element/raw")
                        .allMatch(scope -> scope.contains(":/element"));
            }
        }
    }

    private Map<String, String> exchanged(Xrootd server, TokenIssuer issuer, String client) throws IOException {
        Files.writeString(folder.resolve("client"), client);
        return Map.of(
                "token", "exchanged",
                "token-endpoint", issuer.tokenEndpoint(),
                "token-client", "client",
                "token-audience", server.root().resolve("/").toString().replaceAll("/$", ""),
                "token-base", "/data");
    }
}
