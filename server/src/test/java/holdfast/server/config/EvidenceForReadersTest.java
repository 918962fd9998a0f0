package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.custody.InForce;
import holdfast.evidence.Anchor;
import holdfast.evidence.Refusal;
import holdfast.formats.bundle.BundleVerifier;
import holdfast.formats.bundle.Verification;
import holdfast.formats.bundle.Verification.Outcome;
import holdfast.journal.ProjectedHead;
import holdfast.journal.SignedHead;
import holdfast.server.config.Adoption.Texts;
import holdfast.server.keeping.KeptBundles;
import holdfast.server.work.Intake;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Readership;
import holdfast.vocabulary.Scope;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evidence for strangers and for members, of a whole house in which something is hidden from them. */
class EvidenceForReadersTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final DataId PAPER = new DataId(new Scope("open"), "shown-paper.pdf");
    private static final DataId DRAFT = new DataId(new Scope("h5-data"), "unseen-draft.pdf");
    private static final DataId RAW = new DataId(new Scope("h4-data"), "unseen-run.root");

    @TempDir
    static Path folder;

    private static RucioServer server;
    private static byte[] before;
    private static Path open;
    private static Path members;
    private static Path whole;

    @BeforeAll
    static void hide() throws Exception {
        server = RucioServer.hiding(folder);
        Planted planted = new Planted(server);
        planted.ground();
        planted.open();
        planted.person("insider", "USER");
        registered(PAPER);
        settle();
        before = Files.readAllBytes(export(Readership.PUBLIC, "before.zip"));
        planted.hide(Planted.OF_NO_LEVEL);
        Planted.FOR_MEMBERS.forEach(planted::hide);
        registered(DRAFT);
        registered(RAW);
        settle();
        open = export(Readership.PUBLIC, "public.zip");
        members = export(Readership.MEMBERS, "members.zip");
        whole = folder.resolve("whole.zip");
        try (OutputStream out = Files.newOutputStream(whole)) {
            server.house().evidence.write(out);
        }
    }

    private static void registered(DataId id) {
        assertThat(server.laboratory().send(id, Laboratory.bytes(id.name())))
                .isInstanceOf(Intake.Outcome.Registered.class);
    }

    private static void settle() throws Exception {
        server.laboratory().rest();
        server.house().keeper.step();
    }

    private static Path export(Readership readers, String name) throws IOException, GeneralSecurityException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            server.house().evidence.write(readers, out);
        }
        return file;
    }

    @AfterAll
    static void close() throws Exception {
        server.close();
    }

    @Test
    void whatIsHiddenMovesNoByteOfThePublicBundle() throws IOException {
        assertThat(text(open)).contains(PAPER.name(), "q-file");
        assertThat(Files.readAllBytes(open)).isEqualTo(before);
    }

    @Test
    void noWordOfWhatIsHiddenIsInIt() throws IOException {
        assertThat(text(open))
                .doesNotContain(Planted.FOR_MEMBERS.toArray(String[]::new))
                .doesNotContain(
                        Planted.OF_NO_LEVEL,
                        DRAFT.name(),
                        RAW.name(),
                        "secret",
                        Planted.SECRET_GUID,
                        "insider",
                        "keeper");
        assertThat(text(members))
                .contains(Planted.FOR_MEMBERS.toArray(String[]::new))
                .contains(DRAFT.name(), RAW.name())
                .doesNotContain(Planted.OF_NO_LEVEL, "insider");
        assertThat(text(whole)).contains(Planted.OF_NO_LEVEL, "secret");
    }

    @Test
    void bothHoldAndTheWholeGivesThem() throws IOException, GeneralSecurityException {
        Anchor key = new Anchor(Optional.of(server.house().keeper.key().open()), Optional.empty());
        for (Path some : List.of(open, members)) {
            Verification alone = BundleVerifier.verify(some, key);
            assertThat(alone.refused()).isEmpty();
            assertThat(alone.outcome()).isEqualTo(Outcome.SIGNED_PROJECTION);
            Verification compared = BundleVerifier.verify(some, whole, key);
            assertThat(compared.refused()).isEmpty();
            assertThat(compared.sentences()).contains("it is what the whole journal shows to these readers");
        }
        assertThat(BundleVerifier.verify(members, key).verdicts().orElseThrow().clauses())
                .anyMatch(clause -> clause.clause().equals("P-25") && clause.subjects() > 0);
        Verification passedOff = BundleVerifier.verify(whole, new Anchor(key.key(), Optional.of(asJournals(open))));
        assertThat(passedOff.refused()).anyMatch(r -> r.refusal() == Refusal.HEAD_NOT_SIGNED);
    }

    /** What a forger makes of the head of a projection. */
    private static SignedHead asJournals(Path bundle) throws IOException {
        ProjectedHead head = text(bundle)
                .lines()
                .filter(line -> line.startsWith(ProjectedHead.WORD + " 1 public "))
                .filter(line -> !line.contains("SIZE"))
                .map(ProjectedHead::parse)
                .findFirst()
                .orElseThrow();
        return new SignedHead(head.size(), head.root(), head.at(), head.signature());
    }

    @Test
    void whoShowsNothingGetsThePublicOneAndNoOther() throws Exception {
        HttpResponse<byte[]> stranger = ask("public", Optional.empty());
        assertThat(stranger.statusCode()).isEqualTo(200);
        assertThat(stranger.headers().firstValue("Content-Type")).contains("application/zip");
        assertThat(text(Files.write(folder.resolve("got.zip"), stranger.body())))
                .contains(PAPER.name());
        // As the command line asks, which shows nothing.
        assertThat(ask("public", Optional.of("")).body()).isEqualTo(stranger.body());
        assertThat(ask("members", Optional.empty()).statusCode()).isEqualTo(401);
        assertThat(ask("members", Optional.of(server.token("insider", "insider", "a-long-one-of-insider")))
                        .statusCode())
                .isEqualTo(200);
    }

    private static HttpResponse<byte[]> ask(String readers, Optional<String> token) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/evidence/" + readers));
        token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
        return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    }

    @Test
    void oneIsMadeAnHourAndOneAtATime() throws Exception {
        House house = server.house();
        AtomicInteger made = new AtomicInteger();
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
        AtomicReference<InForce> plan = new AtomicReference<>(house.adoption.get());
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        KeptBundles kept = new KeptBundles(
                (readers, out) -> {
                    begun.countDown();
                    await(go);
                    out.write(("bundle " + made.incrementAndGet() + " for " + readers.word())
                            .getBytes(StandardCharsets.UTF_8));
                },
                plan::get,
                () -> house.clock.now().plus(ahead.get()),
                new KeptBundles.Shelf(folder.resolve("kept"), Ports.open().disk()));
        CompletableFuture<Optional<Path>> first = CompletableFuture.supplyAsync(() -> bundle(kept));
        await(begun);
        assertThat(kept.bundle(Readership.PUBLIC)).isEmpty();
        go.countDown();
        assertThat(first.get().orElseThrow()).hasContent("bundle 1 for public");
        ahead.set(Duration.ofMinutes(50));
        assertThat(bundle(kept).orElseThrow()).hasContent("bundle 1 for public");
        ahead.set(Duration.ofMinutes(70));
        assertThat(bundle(kept).orElseThrow()).hasContent("bundle 2 for public");
        Texts texts = house.adoption.texts();
        plan.set(Adoption.read(new Texts(texts.plan() + "\n# another\n", texts.sites(), texts.policy())));
        assertThat(bundle(kept).orElseThrow()).hasContent("bundle 3 for public");
        assertThat(kept.bundle(Readership.MEMBERS).orElseThrow()).hasContent("bundle 4 for members");
    }

    private static Optional<Path> bundle(KeptBundles kept) {
        try {
            return kept.bundle(Readership.PUBLIC);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** All parts, unpacked. */
    private static String text(Path bundle) throws IOException {
        StringBuilder text = new StringBuilder();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(bundle))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                text.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return text.toString();
    }
}
