package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.catalog.CopyRow;
import holdfast.formats.MembersFile;
import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.Reason;
import holdfast.judgement.Verdict;
import holdfast.retention.Act;
import holdfast.retention.Hold;
import holdfast.retention.RetentionFact.HoldBegan;
import holdfast.retention.Selected;
import holdfast.retention.SignedAct;
import holdfast.retention.SignedAct.State;
import holdfast.server.embedded.TestDatabase;
import holdfast.server.members.MemberSync.Export;
import holdfast.server.rebuild.RebuildCommand;
import holdfast.server.sql.PublishedTable;
import holdfast.server.sql.PublishedTable.Made;
import holdfast.server.sql.WithheldTable;
import holdfast.server.sql.WithheldTable.Withheld;
import holdfast.server.work.ActRefused;
import holdfast.server.work.Intake;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Readership;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StoragePath;
import holdfast.vocabulary.StoragePath.Layout;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drafts that become public by acts, against a whole house on a real socket, real bytes, and a clock that goes ahead. */
class PublishTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Actor KEEPER = new Actor("keeper");
    private static final byte[] BYTES = Laboratory.bytes("what we found");
    private static final DataId DRAFT = new DataId(new Scope("h5-data"), "unseen-draft.pdf");
    private static final DataId PAPER = new DataId(new Scope("open"), "paper.pdf");

    private static final String P14 = """
          P-14:
            section: '2'
            says: What is public was released by an act.
            binds: the laboratory
            level: 1
            about: published
            must:
              - be released by a signed act: yes
                basis: plan
        """;

    @TempDir
    Path folder;

    private final Signatures signatures = new Signatures();
    private volatile Duration ahead = Duration.ZERO;
    private Ports ports;
    private RucioServer server;
    private House house;

    @BeforeEach
    void aDraft() throws Exception {
        Laboratory.plan(folder, "hidden.yaml");
        Ports open = Ports.open();
        ports = new Ports(
                open.disk(), open.database(), clock -> () -> clock.now().plus(ahead), open.drivers(), open.journal());
        server = new RucioServer(folder, "hidden-policy.yaml", ports);
        house = server.house();
        signatures.name(house.acts, KEEPER);
        new Planted(server).person("outsider", "SERVICE");
        assertThat(server.laboratory().send(DRAFT, BYTES)).isInstanceOf(Intake.Outcome.Registered.class);
        server.laboratory().rest();
    }

    @AfterEach
    void fold() throws Exception {
        try (RucioServer closing = server) {
            assertThat(closing.house().auditor.audit().differences()).isEmpty();
        }
    }

    @Test
    void aDraftIsPublicAfterTwoSignaturesAndTheUndoWindow() throws Exception {
        SignedAct proposed = house.acts.propose(publish(Optional.empty()), "accepted", KEEPER);
        assertThat(house.publishing.step()).isZero();
        SignedAct signed = signatures.byBoth(house.acts, proposed);
        assertThat(signed.state()).isEqualTo(State.SIGNED);
        ahead = Duration.ofDays(6);
        assertThat(house.publishing.step()).isZero();
        assertThat(bytes(PAPER, outsider()).statusCode()).isEqualTo(404);

        ahead = Duration.ofDays(8);
        assertThat(house.publishing.step()).isOne();
        assertThat(house.acts.find(signed.id()).orElseThrow().state()).isEqualTo(State.DONE);
        assertThat(house.publishing.step()).isZero();
        HttpResponse<byte[]> read = bytes(PAPER, outsider());
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.body()).isEqualTo(BYTES);
        assertThat(level(PAPER)).isEqualTo(1);
        assertThat(level(DRAFT)).isEqualTo(5);
        assertThat(bytes(DRAFT, outsider()).statusCode()).isEqualTo(404);
    }

    @Test
    void whatItWasMadeOfIsToldToThoseAloneWhoMayKnowOfThat() throws Exception {
        SignedAct signed = signed(publish(Optional.empty()));
        ahead = Duration.ofDays(8);
        house.publishing.step();
        HttpResponse<String> outside = explained(outsider());
        assertThat(outside.statusCode()).isEqualTo(200);
        assertThat(outside.body())
                .contains("\"published_by\":\"" + signed.id() + "\"", "\"published_from\":null")
                .doesNotContain(DRAFT.scope().name(), DRAFT.name());
        assertThat(server.send(server.at("/dids/open/paper.pdf/meta?plugin=ALL")
                                .header("X-Rucio-Auth-Token", outsider())
                                .build())
                        .body())
                .contains(PAPER.name())
                .doesNotContain(DRAFT.scope().name(), DRAFT.name());
        assertThat(explained(server.token("root", "admin", server.secret())).body())
                .contains("\"published_from\":\"" + DRAFT + "\"");
    }

    @Test
    void thePublicBundleHasWhatBecamePublicAndNoWordOfWhatItWasMadeOf() throws Exception {
        signed(publish(Optional.empty()));
        assertThat(publicEntries()).doesNotContain(PAPER.name());
        ahead = Duration.ofDays(8);
        house.publishing.step();
        server.laboratory().rest();
        assertThat(publicEntries())
                .contains(PAPER.name(), Digest.sha256(BYTES).hex())
                .doesNotContain(DRAFT.scope().name(), DRAFT.name(), "accepted", KEEPER.name(), "alice", "bob");
    }

    @Test
    void aDatabaseFromTheJournalAloneKnowsWhatBecamePublicAndByWhichAct() throws Exception {
        SignedAct signed = signed(publish(Optional.empty()));
        ahead = Duration.ofDays(8);
        house.publishing.step();
        server.laboratory().rest();
        RebuildTest.ship(server.laboratory());
        server.close();

        TestDatabase anew = TestDatabase.fresh();
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        Path data = folder.resolve("data");
        Path segments = data.resolve("elements").resolve(Laboratory.HOME.name());
        List<String> arguments = List.of(
                "--from", segments.toString(), "--data", data.toString(), "--database-url", Laboratory.address(anew));
        assertThat(RebuildCommand.run(arguments, new PrintStream(report), new PrintStream(report)))
                .as(report.toString(StandardCharsets.UTF_8))
                .isZero();
        server = new RucioServer(new Laboratory(anew, folder, "hidden-policy.yaml", ports));
        house = server.house();
        Optional<Made> made = house.database.read(connection -> new PublishedTable().of(connection, PAPER));
        assertThat(made).contains(new Made(signed.id(), new Selected(DRAFT, PAPER, digest())));
        assertThat(level(PAPER)).isEqualTo(1);
        assertThat(level(DRAFT)).isEqualTo(5);
        assertThat(house.acts.find(signed.id()).orElseThrow().state()).isEqualTo(State.DONE);
    }

    @Test
    void theClauseThatAsksForAnActNamesWhatCameInWithoutOne() throws Exception {
        Adoption.Texts now = house.adoption.texts();
        String plan = now.plan().replace("version: '1'", "version: '2'").replace("clauses:\n", "clauses:\n" + P14);
        house.adoption.adopt(new Adoption.Texts(plan, now.sites(), now.policy()), KEEPER);
        server.laboratory().rest();
        assertThat(p14().verdict()).as("nothing is public yet").contains(Verdict.UNDETERMINED);

        signed(publish(Optional.empty()));
        ahead = Duration.ofDays(8);
        house.publishing.step();
        server.laboratory().rest();
        assertThat(p14().verdict()).contains(Verdict.MET);
        assertThat(p14().subjects()).isOne();

        DataId other = new DataId(PAPER.scope(), "other.pdf");
        server.laboratory().send(other, Laboratory.bytes("by nobody's act"));
        server.laboratory().rest();
        ClauseVerdict found = p14();
        assertThat(found.verdict()).contains(Verdict.BREACHED);
        assertThat(found.named()).singleElement().satisfies(failing -> {
            assertThat(failing.file()).contains(other);
            assertThat(failing.reasons()).extracting(Reason::code).containsExactly(Reason.Code.NOT_RELEASED_BY_ACT);
        });
        assertThat(house.auditor.audit().verdictsAgree())
                .as("the journal alone gives the same verdict")
                .isTrue();
    }

    private ClauseVerdict p14() {
        return house.assessor.assess(5).verdicts().stream()
                .filter(verdict -> verdict.clause().id().name().equals("P-14"))
                .findFirst()
                .orElseThrow();
    }

    private String publicEntries() throws Exception {
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        house.evidence.write(Readership.PUBLIC, bundle);
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(bundle.toByteArray()))) {
            while (!in.getNextEntry().getName().equals("entries.txt")) {
                in.closeEntry();
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void anEmbargoCollectsItsSignaturesBeforehand() throws Exception {
        Instant end = house.clock.now().plus(Duration.ofDays(60));
        SignedAct signed = signed(publish(Optional.of(end)));
        assertThat(signed.undoUntil()).isEqualTo(end.truncatedTo(java.time.temporal.ChronoUnit.MICROS));
        ahead = Duration.ofDays(59);
        assertThat(house.publishing.step()).isZero();
        ahead = Duration.ofDays(61);
        assertThat(house.publishing.step()).isOne();
    }

    @Test
    void onePersonStopsIt() throws Exception {
        SignedAct signed = signed(publish(Optional.empty()));
        house.acts.withdraw(signed.id(), new Actor("bob"), "not now");
        ahead = Duration.ofDays(8);
        assertThat(house.publishing.step()).isZero();
        assertThat(bytes(PAPER, outsider()).statusCode()).isEqualTo(404);
    }

    @Test
    void aMemberWhoLeftMakesNothingPublic() throws Exception {
        SignedAct signed = signed(publish(Optional.empty()));
        Adoption.Texts now = house.adoption.texts();
        String plan = now.plan()
                .replace("version: '1'", "version: '2'")
                .replace("members: { from: accounts }", "members: { from: export, silent after: 24 h }");
        house.adoption.adopt(new Adoption.Texts(plan, now.sites(), now.policy()), KEEPER);
        tell("alice", "bob", "carl");
        ahead = Duration.ofDays(40);
        tell("alice", "carl");
        assertThat(house.publishing.step()).isZero();
        assertThat(house.acts.find(signed.id()).orElseThrow().state()).isEqualTo(State.SIGNED);
        assertThat(bytes(PAPER, outsider()).statusCode()).isEqualTo(404);
        tell("alice", "bob", "carl");
        assertThat(house.publishing.step())
                .as("who comes back begins anew, and signers are for thirty days")
                .isZero();
    }

    @Test
    void nothingBecomesPublicInACustodyHold() throws Exception {
        signed(publish(Optional.empty()));
        house.journal.append(
                new HoldBegan(new Hold(Hold.Cause.FAILED_OVER, house.clock.now(), 1, Optional.empty(), "a test")),
                KEEPER);
        ahead = Duration.ofDays(8);
        assertThat(house.publishing.step()).isZero();
        SignedAct waits = house.acts.all().stream()
                .filter(act -> act.state() == State.SIGNED)
                .findFirst()
                .orElseThrow();
        assertThat(house.acts.withheld(waits))
                .singleElement()
                .satisfies(one -> assertThat(one.why()).contains("custody hold"));
        signatures.signedByBoth(house.acts, new Act.LiftHold(), KEEPER);
        assertThat(house.publishing.step()).isOne();
        List<Withheld> left = house.database.read(connection -> WithheldTable.of(connection, waits.id()));
        assertThat(left).isEmpty();
        List<Withheld> late = house.database.write(connection -> {
            WithheldTable.put(connection, waits.id(), new Withheld(PAPER, "a turn that came late", house.clock.now()));
            return WithheldTable.of(connection, waits.id());
        });
        assertThat(late).isEmpty();
    }

    @Test
    void whatMayNotBecomePublicIsRefusedWhenItIsProposed() {
        Digest other = Digest.sha256(new byte[] {1});
        assertThatThrownBy(() -> propose(new Selected(DRAFT, PAPER, other))).hasMessageContaining("the act names");
        DataId hidden = new DataId(new Scope("h3-data"), "paper.pdf");
        assertThatThrownBy(() -> propose(new Selected(DRAFT, hidden, digest())))
                .isInstanceOf(ActRefused.class)
                .hasMessageContaining("scope h3-data is not public");
        DataId nowhere = new DataId(new Scope("h9-data"), "paper.pdf");
        assertThatThrownBy(() -> propose(new Selected(DRAFT, nowhere, digest())))
                .hasMessageContaining("not public");
        DataId absent = new DataId(DRAFT.scope(), "absent");
        assertThatThrownBy(() -> propose(new Selected(absent, PAPER, digest()))).hasMessageContaining("not registered");
        server.laboratory().send(PAPER, Laboratory.bytes("another"));
        assertThatThrownBy(() -> propose(new Selected(DRAFT, PAPER, digest())))
                .hasMessageContaining("registered already");
        assertThat(house.acts.all()).isEmpty();
    }

    @Test
    void aNameThatWasTakenInTheWindowIsNotOverwritten() throws Exception {
        SignedAct signed = signed(publish(Optional.empty()));
        server.laboratory().send(PAPER, Laboratory.bytes("another"));
        ahead = Duration.ofDays(8);
        assertThat(house.publishing.step()).isZero();
        assertThat(house.acts.find(signed.id()).orElseThrow().state()).isEqualTo(State.SIGNED);
        assertThat(bytes(PAPER, outsider()).body()).isEqualTo(Laboratory.bytes("another"));

        List<Withheld> told = house.acts.withheld(house.acts.find(signed.id()).orElseThrow());
        assertThat(told).singleElement().satisfies(one -> {
            assertThat(one.file()).isEqualTo(PAPER);
            assertThat(one.why()).contains("registered already");
        });
        long entries = house.sequencer.tree().size();
        ahead = Duration.ofDays(9);
        house.publishing.step();
        assertThat(house.acts.withheld(house.acts.find(signed.id()).orElseThrow()))
                .as("said once")
                .isEqualTo(told);
        assertThat(house.sequencer.tree().size()).isEqualTo(entries);
        CommandLine line = new CommandLine(server, folder.resolve("line"));
        assertThat(line.run("act", "list").out()).contains("not done since", PAPER + ": ", "registered already");
        assertThat(line.run("act", "show", signed.id().toString(), "--json").out())
                .contains("\"withheld\":[{\"file\":\"" + PAPER + "\"");
    }

    @Test
    void whoCannotSignLeavesNoProposalBehind() throws Exception {
        CommandLine line = new CommandLine(server, folder.resolve("line"));
        String key = folder.resolve("mallory.key").toString();
        assertThat(line.signer(key)).isZero();
        for (String name : List.of("mallory", "alice")) {
            CommandLine.Ended ended = line.run(
                    "publish",
                    DRAFT.toString(),
                    "--to",
                    PAPER.toString(),
                    "--as",
                    name,
                    "--reason",
                    "now",
                    "--key",
                    key);
            assertThat(ended.code()).as(ended.out()).isEqualTo(1);
            assertThat(ended.err()).contains(name, "nothing was proposed");
        }
        assertThat(house.acts.all()).isEmpty();
    }

    @Test
    void whatLapsedIsNotShownAsASignature() throws Exception {
        SignedAct proposed = house.acts.propose(publish(Optional.empty()), "accepted", KEEPER);
        SignedAct once = signatures.by(house.acts, proposed, "alice");
        CommandLine line = new CommandLine(server, folder.resolve("line"));
        assertThat(house.acts.counting(once)).hasSize(1);
        assertThat(line.run("act", "list").out()).contains("waits for 1 more", "signed by alice:");
        ahead = Duration.ofDays(8);
        assertThat(house.acts.counting(once)).isEmpty();
        assertThat(line.run("act", "list").out())
                .contains("waits for 2 more", "signed by nobody (no more: alice, who can sign again)");
    }

    @Test
    void whyAnActWasGivenUpIsAskedForAndShown() throws Exception {
        SignedAct signed = signed(publish(Optional.empty()));
        CommandLine line = new CommandLine(server, folder.resolve("line"));
        String id = signed.id().toString();
        assertThat(line.run("act", "withdraw", id, "--as", "bob").code()).isEqualTo(2);
        CommandLine.Ended blank = line.run("act", "withdraw", id, "--as", "bob", "--reason", " ");
        assertThat(blank.err()).contains("say why it is withdrawn");
        assertThat(house.acts.find(signed.id()).orElseThrow().state()).isEqualTo(State.SIGNED);
        assertThat(line.run("act", "withdraw", id, "--as", "bob", "--reason", "a wrong plot in it")
                        .code())
                .isZero();
        assertThat(line.run("act", "show", id).out()).contains("given up", ": a wrong plot in it");
        assertThat(house.acts.find(signed.id()).orElseThrow().givenUp()).hasValue("a wrong plot in it");
    }

    @Test
    void bytesThatACrashLeftAreTakenUpAndOthersAreNotOverwritten() throws Exception {
        signed(publish(Optional.empty()));
        Path left = folder.resolve("data/elements/HOME-RAW")
                .resolve(StoragePath.of(PAPER, Layout.SCOPE_AND_NAME, 0).path());
        Files.createDirectories(left.getParent());
        Files.write(left, BYTES);
        Object before = Files.readAttributes(left, "unix:ino").get("ino");
        ahead = Duration.ofDays(8);
        assertThat(house.publishing.step()).isOne();
        assertThat(Files.readAttributes(left, "unix:ino").get("ino")).isEqualTo(before);
        CopyRow copy = server.laboratory().copy(PAPER, Laboratory.HOME).orElseThrow();
        assertThat(server.laboratory().path(copy)).isEqualTo(left);
    }

    @Test
    void aSpoiltCopyIsPassedOverForAGoodOne() throws Exception {
        signed(publish(Optional.empty()));
        CopyRow copy = server.laboratory().holding(DRAFT).copies().getFirst();
        byte[] spoilt = BYTES.clone();
        spoilt[7] ^= 1;
        Path bytes = server.laboratory().path(copy);
        Files.delete(bytes);
        Files.write(bytes, spoilt);
        ahead = Duration.ofDays(8);
        int copies = server.laboratory().holding(DRAFT).copies().size();
        assertThat(house.publishing.step()).isEqualTo(copies > 1 ? 1 : 0);
        assertThat(bytes(PAPER, outsider()).statusCode()).isEqualTo(copies > 1 ? 200 : 404);
        Files.write(bytes, BYTES);
        house.publishing.step();
        assertThat(bytes(PAPER, outsider()).body()).isEqualTo(BYTES);
    }

    @Test
    void aLevelThatIsEnteredByActsHasNoOtherDoor() throws Exception {
        Adoption.Texts now = house.adoption.texts();
        String plan = now.plan()
                .replace("version: '1'", "version: '2'")
                .replace(
                        "name: Publications, audience: public",
                        "name: Publications, audience: public, entered-by: act");
        house.adoption.adopt(new Adoption.Texts(plan, now.sites(), now.policy()), KEEPER);
        assertThat(server.laboratory().send(PAPER, BYTES))
                .isInstanceOfSatisfying(
                        Intake.Outcome.Refused.class,
                        refused -> assertThat(refused.findings().getFirst().text())
                                .contains("level 1, Publications", "holdfast publish"));
        assertThat(server.call("POST", "/scopes/root/open", "").statusCode()).isEqualTo(201);
        assertThat(server.call("POST", "/rses/XROOT", "{\"deterministic\":true}")
                        .statusCode())
                .isEqualTo(201);
        HttpResponse<String> claimed = server.call(
                "POST",
                "/replicas",
                "{\"rse\":\"XROOT\",\"files\":[{\"scope\":\"open\",\"name\":\"paper.pdf\",\"bytes\":3,\"adler32\":\"0a0b0c0d\"}]}");
        assertThat(claimed.statusCode()).isEqualTo(401);
        assertThat(claimed.body()).contains("holdfast publish");

        signed(publish(Optional.empty()));
        ahead = Duration.ofDays(8);
        assertThat(house.publishing.step()).isOne();
        assertThat(bytes(PAPER, outsider()).body()).isEqualTo(BYTES);
        assertThat(server.laboratory().send(PAPER, BYTES))
                .as("bytes of what is there may come again")
                .isNotInstanceOf(Intake.Outcome.Refused.class);
    }

    /** Logs in anew: what was given at the start is over when the clock went ahead. */
    private String outsider() {
        return server.token("outsider", "outsider", "a-long-one-of-outsider");
    }

    private static Digest digest() {
        return Digest.sha256(BYTES);
    }

    private static Act publish(Optional<Instant> notBefore) {
        return new Act.Publish(notBefore, List.of(new Selected(DRAFT, PAPER, digest())));
    }

    private SignedAct propose(Selected one) {
        return house.acts.propose(new Act.Publish(Optional.empty(), List.of(one)), "accepted", KEEPER);
    }

    private SignedAct signed(Act act) throws Exception {
        return signatures.signedByBoth(house.acts, act, KEEPER);
    }

    private int level(DataId id) {
        return server.laboratory()
                .holding(id)
                .file()
                .flatMap(f -> f.belongs())
                .orElseThrow()
                .level()
                .number();
    }

    private void tell(String... members) {
        StringBuilder lines = new StringBuilder("id,institute,since,until,roles,account,identities\n");
        for (String member : members) {
            lines.append(member).append(",,,,,,\n");
        }
        house.people.sync.take(
                new Export(
                        MembersFile.read(lines.toString(), "members").orThrow(),
                        house.clock.now(),
                        OptionalLong.of(1),
                        KEEPER),
                false);
    }

    private HttpResponse<String> explained(String token) {
        return server.send(server.at("/explain/open/paper.pdf")
                .header("X-Rucio-Auth-Token", token)
                .build());
    }

    private HttpResponse<byte[]> bytes(DataId id, String token) throws Exception {
        URI at = URI.create(
                "http://127.0.0.1:" + server.port() + "/holdfast/v1/files/" + id.scope() + "/" + id.name() + "/bytes");
        return CLIENT.send(
                HttpRequest.newBuilder(at).header("X-Rucio-Auth-Token", token).build(), BodyHandlers.ofByteArray());
    }
}
