package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.journal.Journal.Appended;
import holdfast.retention.Act;
import holdfast.retention.RetentionFact.RemovalHanded;
import holdfast.retention.SignedAct;
import holdfast.retention.SignedAct.State;
import holdfast.retention.Signer;
import holdfast.server.embedded.TestDatabase;
import holdfast.server.erase.EraseCommand;
import holdfast.server.work.ActRefused;
import holdfast.transfer.TransferFact.CopiesArrived;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deletions that are the site's: a whole house with its interfaces on a socket, the site's process, and real bytes. */
class SiteRemovalsTest {
    private static final Actor KEEPER = new Actor("keeper");
    private static final DataId FILE = Laboratory.id("/lab/raw/one.dat");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration SIGNED = Duration.ZERO;
    private static final Duration WINDOW_OVER = Duration.ofDays(8);
    private static final Duration DELAY_OVER = Duration.ofDays(10);

    @TempDir
    Path folder;

    private final Map<String, KeyPair> keys = new HashMap<>();
    private final AtomicReference<Duration> ahead = new AtomicReference<>(SIGNED);
    private RucioServer server;
    private Laboratory lab;
    private StorageName surplus;
    private String site;
    private String otherSite;
    private Path bytes;
    private SignedAct act;

    @BeforeEach
    void aSurplusCopyIsReleased() throws Exception {
        Ports ports = Ports.open();
        lab = new Laboratory(
                TestDatabase.migrated(),
                folder,
                "lab-policy.yaml",
                new Ports(
                        ports.disk(),
                        ports.database(),
                        clock -> () -> clock.now().plus(ahead.get()),
                        ports.drivers(),
                        ports.journal()),
                sites -> sites.replace("operator: city,", "operator: city, deletes: { by: site, after: 2 d },")
                        .replace("operator: university,", "operator: university, deletes: { by: site, after: 2 d },")
                        .replace(" deletes: { after: 0 s },", ""));
        server = new RucioServer(lab);
        person("near");
        person("far");
        for (String name : List.of("alice", "bob")) {
            keys.put(name, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
            lab.house.acts.name(new Signer(new Actor(name), open(name)), KEEPER);
        }
        lab.send(FILE, Laboratory.bytes("one"));
        lab.rest();
        surplus = layDown();
        site = surplus.equals(Laboratory.NEAR) ? "near" : "far";
        otherSite = site.equals("near") ? "far" : "near";
        bytes = lab.path(lab.copy(FILE, surplus).orElseThrow());
        SignedAct proposed =
                lab.house.acts.propose(new Act.ReleaseCopies(surplus, List.of(FILE)), "makes room", KEEPER);
        sign(proposed, "alice");
        act = sign(proposed, "bob");
        assertThat(state()).isEqualTo(CopyState.RELEASING);
    }

    @AfterEach
    void fold() throws Exception {
        try (RucioServer closing = server) {
            assertThat(closing.house().auditor.audit().differences()).isEmpty();
        }
    }

    @Test
    void theHouseNeverRemovesThereAndTheSiteDoesAfterItsOwnDelay() throws Exception {
        Site own = new Site("alice", "bob");
        assertThat(own.erase()).as(own.said()).isZero();
        ahead.set(WINDOW_OVER);
        assertThat(own.erase()).as(own.said()).isZero();
        assertThat(bytes).exists();
        ahead.set(DELAY_OVER);
        assertThat(lab.house.releases.step()).isZero();
        assertThat(lab.house.siteRemovals.step()).isZero();
        assertThat(bytes).exists();

        assertThat(own.erase()).as(own.said()).isZero();
        assertThat(own.said()).contains(site + ": 1 removed, 0 refused, 0 stand");
        assertThat(bytes).doesNotExist();
        assertThat(state()).isEqualTo(CopyState.RELEASED);
        assertThat(lab.house.acts.find(act.id()).orElseThrow().state()).isEqualTo(State.DONE);
        assertThat(Files.readAllLines(own.book))
                .extracting(line -> line.replaceAll(".*\"what\":\"([a-z]+)\".*", "$1"))
                .containsExactly("seen", "removing", "removed");
    }

    @Test
    void aSiteThatSeesAnActLateWaitsFromThenOn() throws Exception {
        Site own = new Site("alice", "bob");
        ahead.set(DELAY_OVER);
        assertThat(own.erase()).as(own.said()).isZero();
        assertThat(bytes).exists();
        assertThat(handed()).isZero();
    }

    @Test
    void whatSignersSignedWhomTheSiteDoesNotKnowStaysThere() throws Exception {
        keys.put("mallory", KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        Site own = new Site("alice", "mallory");
        ahead.set(DELAY_OVER);
        assertThat(own.erase()).isOne();
        assertThat(own.said()).contains("too few signatures");
        assertThat(bytes).exists();
        assertThat(state()).isEqualTo(CopyState.RELEASING);
        assertThat(Files.readString(own.book)).contains("\"what\":\"refused\"");
    }

    @Test
    void aListThatTheHouseChangedIsRefused() throws Exception {
        Site own = new Site("alice", "bob");
        assertThat(own.erase()).isZero();
        ahead.set(DELAY_OVER);
        Act longer = new Act.ReleaseCopies(surplus, List.of(FILE, Laboratory.id("/lab/raw/two.dat")));
        SignedAct changed = new SignedAct(
                act.id(), longer, act.reason(), act.proposal(), act.signatures(), act.state(), act.since());
        line(changed);
        assertThat(own.erase()).isOne();
        assertThat(own.said()).contains("too few signatures");
        assertThat(bytes).exists();
        line(act);
    }

    @Test
    void anotherSitesAccountAndTheCustodianGetNothing() throws Exception {
        ahead.set(DELAY_OVER);
        String path = "/api/sites/" + site + "/removals";
        for (String token : List.of(token(otherSite), server.secret())) {
            assertThat(ask("GET", path, token).statusCode()).isEqualTo(403);
            assertThat(ask("GET", path + "/acts/" + act.id(), token).statusCode())
                    .isEqualTo(403);
            assertThat(ask("POST", path + "/leave", token).statusCode()).isEqualTo(403);
            assertThat(ask("POST", path + "/outcome", token).statusCode()).isEqualTo(403);
        }
        for (String limit : new String[] {"0", "-1", "1001"}) {
            HttpResponse<String> refused = ask("GET", path + "?limit=" + limit, token(site));
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("give one from 1 to 1,000");
        }
        String others = "/api/sites/" + otherSite + "/removals";
        assertThat(ask("GET", others, token(otherSite)).body()).isEqualTo("[]");
        assertThat(ask("POST", others + "/leave", token(otherSite)).statusCode())
                .isEqualTo(409);
        assertThat(handed()).isZero();
    }

    @Test
    void leaveIsGivenOnceForItsTimeAndTheActIsNotUndoneMeanwhile() throws Exception {
        String path = "/api/sites/" + site + "/removals";
        assertThat(ask("POST", path + "/leave", token(site)).statusCode()).isEqualTo(409);
        ahead.set(DELAY_OVER);
        HttpResponse<String> leave = ask("POST", path + "/leave", token(site));
        assertThat(leave.statusCode()).as(leave.body()).isEqualTo(200);
        assertThat(ask("POST", path + "/leave", token(site)).body()).isEqualTo(leave.body());
        assertThat(handed()).isOne();
        assertThatThrownBy(() -> lab.house.acts.withdraw(act.id(), KEEPER, "not now"))
                .isInstanceOf(ActRefused.class)
                .hasMessageContaining("handed to the site's own process until");
        ahead.set(DELAY_OVER.plusMinutes(11));
        assertThat(lab.house.acts.withdraw(act.id(), KEEPER, "not now").state()).isEqualTo(State.WITHDRAWN);
    }

    @Test
    void anOutcomeThatIsNotTrueDoesNotEndTheCopy() throws Exception {
        ahead.set(DELAY_OVER);
        String path = "/api/sites/" + site + "/removals";
        assertThat(ask("POST", path + "/leave", token(site)).statusCode()).isEqualTo(200);
        assertThat(ask("POST", path + "/outcome", token(site)).body()).contains("false");
        assertThat(state()).isEqualTo(CopyState.RELEASING);
        ahead.set(DELAY_OVER.plusMinutes(11));
        assertThat(lab.house.siteRemovals.step()).isZero();
        assertThat(ask("GET", path, token(site)).body()).contains(FILE.toString());
    }

    @Test
    void whatAKilledProcessRemovedAndNeverToldIsSeenByTheHouse() throws Exception {
        ahead.set(DELAY_OVER);
        assertThat(ask("POST", "/api/sites/" + site + "/removals/leave", token(site))
                        .statusCode())
                .isEqualTo(200);
        Files.delete(bytes);
        assertThat(lab.house.siteRemovals.step()).isZero();
        ahead.set(DELAY_OVER.plusMinutes(11));
        assertThat(lab.house.siteRemovals.step()).isOne();
        assertThat(state()).isEqualTo(CopyState.RELEASED);
    }

    /** What stands at the site: its own files, beside nothing of the house. */
    private final class Site {
        final Path book = folder.resolve("book.jsonl");
        private final Path token = folder.resolve("token");
        private final Path signers = folder.resolve("signers");
        private final Path sites = folder.resolve("own-sites.yaml");
        private final ByteArrayOutputStream said = new ByteArrayOutputStream();

        Site(String... known) throws IOException {
            StringBuilder lines = new StringBuilder("# who signs\n");
            for (String name : known) {
                lines.append(name).append(' ').append(open(name)).append('\n');
            }
            Files.writeString(signers, lines);
            Files.writeString(sites, """
                holdfast-sites: 1
                landing: %1$s
                elements:
                  %1$s:
                    { site: %2$s, medium: archival-disk, deletes: { by: site, after: 2 d },
                      driver: posix, settings: { root: '%3$s' } }
                """.formatted(
                            surplus, site, lab.data().resolve("elements").resolve(surplus.name())));
        }

        int erase() throws IOException {
            said.reset();
            Files.writeString(token, token(site));
            PrintStream told = new PrintStream(said, true, StandardCharsets.UTF_8);
            return EraseCommand.run(
                    List.of(
                            "--site",
                            site,
                            "--house",
                            "http://127.0.0.1:" + server.port(),
                            "--token-file",
                            token.toString(),
                            "--sites",
                            sites.toString(),
                            "--secrets",
                            folder.toString(),
                            "--signers",
                            signers.toString(),
                            "--book",
                            book.toString(),
                            "--once"),
                    Clock.fixed(lab.house.clock.now(), ZoneOffset.UTC),
                    told,
                    told);
        }

        String said() {
            return said.toString(StandardCharsets.UTF_8);
        }
    }

    private StorageName layDown() throws Exception {
        CopyRow home = lab.copy(FILE, Laboratory.HOME).orElseThrow();
        StorageName third = lab.copy(FILE, Laboratory.NEAR).isPresent() ? Laboratory.FAR : Laboratory.NEAR;
        CopyRow copy = lab.copy(FILE, third, CopyState.ARRIVED);
        Files.createDirectories(lab.path(copy).getParent());
        Files.copy(lab.path(home), lab.path(copy));
        assertThat(lab.house.journal.append(new CopiesArrived(List.of(copy), List.of(Laboratory.HOME)), KEEPER))
                .isInstanceOf(Appended.Done.class);
        lab.rest();
        return third;
    }

    private void person(String of) {
        call("/accounts/" + of, "{\"type\": \"SERVICE\", \"email\": \"\"}");
        call(
                "/accounts/" + of + "/identities",
                "{\"identity\": \"%s\", \"authtype\": \"USERPASS\", \"email\": \"\", \"password\": \"a-long-one-of-%s\"}"
                        .formatted(of, of));
        call(
                "/accounts/%s/attr/eraser-%s".formatted(of, of),
                "{\"key\": \"eraser-%s\", \"value\": \"True\"}".formatted(of));
    }

    private void call(String path, String body) {
        HttpResponse<String> answer = server.call("POST", path, body);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(201);
    }

    private String token(String of) {
        return server.token(of, of, "a-long-one-of-" + of);
    }

    private HttpResponse<String> ask(String method, String path, String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Authorization", "Bearer " + token);
        if (method.equals("POST")) {
            request.header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"act\": \"%s\", \"file\": \"%s\"}".formatted(act.id(), FILE)));
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private long handed() {
        long[] count = {0};
        lab.house.database.read(connection -> {
            try (var select = connection.prepareStatement("select count(*) from journal_entry where kind = ?")) {
                select.setString(1, RemovalHanded.KIND);
                try (var row = select.executeQuery()) {
                    row.next();
                    count[0] = row.getLong(1);
                }
            }
            return count;
        });
        return count[0];
    }

    /** As somebody who has the house's database would write it. */
    private void line(SignedAct as) {
        lab.house.database.write(connection -> {
            try (var update = connection.prepareStatement("update act set line = ? where id = ?")) {
                update.setString(1, as.line().text());
                update.setObject(2, as.id());
                return update.executeUpdate();
            }
        });
    }

    private CopyState state() {
        return lab.copy(FILE, surplus).orElseThrow().state();
    }

    private String open(String name) {
        return Base64.getEncoder().encodeToString(keys.get(name).getPublic().getEncoded());
    }

    private SignedAct sign(SignedAct proposed, String name) throws GeneralSecurityException {
        Signature pen = Signature.getInstance("Ed25519");
        pen.initSign(keys.get(name).getPrivate());
        pen.update(proposed.statement(new Actor(name)).getBytes(StandardCharsets.UTF_8));
        return lab.house.acts.sign(
                proposed.id(), new Actor(name), Base64.getEncoder().encodeToString(pen.sign()));
    }
}
