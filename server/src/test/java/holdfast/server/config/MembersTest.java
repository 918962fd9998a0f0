package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.access.Roster;
import holdfast.access.Viewer;
import holdfast.formats.MembersFile;
import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.Reason;
import holdfast.judgement.Verdict;
import holdfast.registry.RegistryFact.DocumentsChanged;
import holdfast.server.HoldfastServer;
import holdfast.server.api.rucio.wire.Caller;
import holdfast.server.catalog.Writer;
import holdfast.server.embedded.TestDatabase;
import holdfast.server.members.MemberSync.Export;
import holdfast.server.members.MemberSync.Outcome;
import holdfast.server.members.Members.Standing;
import holdfast.server.members.MembersRound;
import holdfast.server.members.Membership;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.Scope;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The source of members, on two nodes of one house; time only goes on, and every test tells the source's whole list anew. */
class MembersTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Actor KEEPER = new Actor("keeper");
    private static final AccountName ANNA = new AccountName("anna");
    private static final AccountName ROBOT = new AccountName("robot");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String HEAD = "id,institute,since,until,roles,account,identities\n";
    private static final String CLAUSE = """
          P-21:
            section: '3'
            says: Members alone have access.
            binds: the laboratory
            level: 4
            about: raw
            must:
              - be open to: { audience: members, probed every: 24 h }
                basis: plan
        """;

    @TempDir
    static Path folder;

    private static RucioServer server;
    private static House house;
    private static House other;
    private static ConfigurableApplicationContext otherServer;
    private static volatile Duration ahead = Duration.ZERO;

    @BeforeAll
    static void begin() throws Exception {
        Ports open = Ports.open();
        Ports ports = new Ports(
                open.disk(), open.database(), clock -> () -> clock.now().plus(ahead), open.drivers(), open.journal());
        Laboratory laboratory = new Laboratory(TestDatabase.migrated(), folder, "lab-policy.yaml", ports);
        server = new RucioServer(laboratory);
        house = server.house();
        Adoption.Texts now = house.adoption.texts();
        String plan = now.plan()
                .replace("version: '1'", "version: '2'")
                .replace("members: { from: accounts }", "members: { from: export, silent after: 24 h }")
                .replace("clauses:\n", "clauses:\n" + CLAUSE);
        house.adoption.adopt(new Adoption.Texts(plan, now.sites(), now.policy()), KEEPER);
        Path keys = Files.createDirectories(folder.resolve("second/keys"));
        for (String file : List.of("journal.key", "journal.pub")) {
            Files.copy(laboratory.data().resolve("keys").resolve(file), keys.resolve(file));
        }
        other = House.on(
                new Options(folder.resolve("second"), 0, Optional.empty(), Optional.of(laboratory.address())), ports);
        otherServer = HoldfastServer.open(other, 0, Listening.LOOPBACK);
        for (String person : List.of("anna", "bert", "carl", "dora", "eve")) {
            account(person, "USER");
        }
        account("robot", "SERVICE");
        account("team", "GROUP");
    }

    @AfterAll
    static void end() throws Exception {
        otherServer.close();
        other.close();
        server.close();
    }

    @BeforeEach
    void aMinuteLater() {
        ahead = ahead.plusMinutes(1);
    }

    private static void account(String account, String type) {
        done(server.call("POST", "/accounts/" + account, "{\"type\": \"%s\", \"email\": \"\"}".formatted(type)));
        done(server.call(
                "POST",
                "/accounts/" + account + "/identities",
                "{\"identity\": \"u-%s\", \"authtype\": \"USERPASS\", \"email\": \"\", \"password\": \"a-long-one-of-%s\"}"
                        .formatted(account, account)));
    }

    private static void attribute(String account, String key, String value) {
        house.accounts.addAttribute(AccountName.ROOT, new AccountName(account), key, value);
    }

    private static void done(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static Outcome tell(String lines, OptionalLong accepted) {
        Roster roster = MembersFile.read(HEAD + lines, "members").orThrow();
        return house.people.sync.take(new Export(roster, house.clock.now(), accepted, KEEPER), false);
    }

    /** These are the members from now on, whoever was before. */
    private static void stand(String... lines) {
        String text = String.join("\n", lines) + "\n";
        Set<String> ids = Arrays.stream(lines).map(l -> l.split(",", -1)[0]).collect(Collectors.toSet());
        LocalDate today = LocalDate.ofInstant(house.clock.now(), ZoneOffset.UTC);
        long leavers = house.people.book.get().all().values().stream()
                .filter(m -> m.covers(today))
                .filter(m -> !ids.contains(m.person().id().text()))
                .count();
        assertThat(tell(text, OptionalLong.of(leavers))).isInstanceOf(Outcome.Taken.class);
    }

    private static List<String> standing() {
        return house.people.book.get().all().values().stream()
                .filter(m -> m.left().isEmpty())
                .map(m -> m.person().id().text())
                .toList();
    }

    private static String token(String account) {
        return server.token(account, "u-" + account, "a-long-one-of-" + account);
    }

    private static int whoami(int port, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/rucio/accounts/whoami"))
                .header("X-Rucio-Auth-Token", token)
                .build();
        return CLIENT.send(request, BodyHandlers.ofString()).statusCode();
    }

    private static int otherPort() {
        return Integer.parseInt(otherServer.getEnvironment().getRequiredProperty("local.server.port"));
    }

    private static Viewer viewer(String account) {
        return house.people.viewers.of(Optional.of(new Caller(new AccountName(account), "u-" + account)));
    }

    @Test
    void membersAreThoseWhomTheExportNames() {
        stand(
                "anna,Example University,2019-04-01,,author;reviewer,,",
                "17,,2099-01-01,,author,bert,",
                "18,,,2020-01-01,,dora,");
        assertThat(viewer("anna")).isEqualTo(new Viewer.Member(Set.of("author", "reviewer")));
        assertThat(viewer("bert")).as("whose first day is to come").isEqualTo(new Viewer.Outsider());
        assertThat(viewer("carl")).as("whom nobody names").isEqualTo(new Viewer.Outsider());
        assertThat(viewer("team")).isEqualTo(new Viewer.Outsider());
        assertThat(viewer("root")).isEqualTo(new Viewer.Custodian());
        assertThat(house.people.members.of(new Caller(new AccountName("dora"), "u-dora")))
                .isEqualTo(new Standing.Left());
    }

    @Test
    void sayingItTwiceWritesNothingButTheLastWord() {
        stand("anna,,,,author,,/CN=1", "bert,,,,,,", "carl,,,,,,");
        String same = "anna,,,,author,,/CN=1\nbert,,,,,,\ncarl,,,,,,\n";
        Roster roster = MembersFile.read(HEAD + same, "members").orThrow();
        Instant moment = house.clock.now();
        house.people.sync.take(new Export(roster, moment, OptionalLong.empty(), KEEPER), false);
        long written = house.entries.written();
        Outcome again = house.people.sync.take(new Export(roster, moment, OptionalLong.empty(), KEEPER), false);
        assertThat(((Outcome.Taken) again).wrote()).isFalse();
        assertThat(house.entries.written()).isEqualTo(written);
        ahead = ahead.plusMinutes(1);
        assertThat(((Outcome.Taken) tell(same, OptionalLong.empty())).wrote()).isTrue();
        assertThat(house.entries.written()).isEqualTo(written + 1);
        assertThat(lastChanged()).containsExactlyInAnyOrder("member-source", "member-word");
    }

    private static List<String> lastChanged() {
        List<String> kinds = new ArrayList<>();
        house.entries.ofKind(DocumentsChanged.KIND, entry -> {
            kinds.clear();
            DocumentsChanged.read(entry.lines())
                    .changes()
                    .forEach(c -> kinds.add(c.name().kind()));
        });
        return kinds;
    }

    @Test
    void whoLeavesIsRefusedAtOnceOnEveryNodeAndMayComeAgain() throws Exception {
        stand("anna,,,,author,,", "bert,,,,,,");
        String token = token("anna");
        String stays = token("bert");
        Instant asked = Instant.now();
        while (whoami(otherPort(), token) != 303 && Instant.now().isBefore(asked.plus(PATIENCE))) {
            Thread.onSpinWait();
        }
        assertThat(whoami(server.port(), token)).isEqualTo(303);
        stand("bert,,,,,,");
        assertThat(whoami(server.port(), token)).isEqualTo(401);
        Instant left = Instant.now();
        while (whoami(otherPort(), token) != 401 && Instant.now().isBefore(left.plus(PATIENCE))) {
            Thread.onSpinWait();
        }
        assertThat(whoami(otherPort(), token))
                .as("within seconds on the other node")
                .isEqualTo(401);
        assertThat(whoami(server.port(), stays)).isEqualTo(303);
        HttpResponse<String> login = server.send(server.at("/auth/userpass")
                .header("X-Rucio-Account", "anna")
                .header("X-Rucio-Username", "u-anna")
                .header("X-Rucio-Password", "a-long-one-of-anna")
                .build());
        assertThat(login.statusCode()).isEqualTo(401);
        assertThat(house.people.viewers.of(Optional.of(new Caller(ANNA, "u-anna"))))
                .isEqualTo(new Viewer.Outsider());
        stand("anna,,,,author,,", "bert,,,,,,");
        assertThat(whoami(server.port(), token)).isEqualTo(303);
    }

    @Test
    void whoLeftDoesNotComeInThroughASharedAccountOrWithAnothersRoles() {
        stand("anna,,,,author,,/CN=A", "bert,,,,production,,/CN=B", "dora,,,,,,");
        AccountName team = new AccountName("team");
        assertThat(house.people.members.of(new Caller(team, "/CN=A"))).isEqualTo(new Standing.Active(Set.of("author")));
        assertThat(house.people.members.of(new Caller(new AccountName("bert"), "/CN=A")))
                .as("anna in bert's account has her own roles")
                .isEqualTo(new Standing.Active(Set.of("author")));
        assertThat(house.people.members.of(new Caller(team, "/CN=C"))).isEqualTo(new Standing.Unknown());
        stand("bert,,,,production,,/CN=B", "dora,,,,,,");
        assertThat(house.people.members.of(new Caller(team, "/CN=A"))).isEqualTo(new Standing.Left());
        assertThat(house.people.members.mayAct(new Caller(new AccountName("bert"), "/CN=A")))
                .isFalse();
        assertThat(house.people.members.mayAct(new Caller(AccountName.ROOT, "/CN=A")))
                .isFalse();
        assertThat(house.people.members.mayAct(new Caller(AccountName.ROOT, "admin")))
                .isTrue();
        assertThat(house.people.members.mayAct(new Caller(new AccountName("bert"), "/CN=B")))
                .isTrue();
    }

    @Test
    void identitiesAreNotInTheJournal() {
        stand("anna,,,,author,,/DC=org/CN=Anna Example", "bert,,,,,,");
        List<String> texts = new ArrayList<>();
        house.entries.ofKind(DocumentsChanged.KIND, entry -> entry.lines().forEach(line -> texts.add(line.text())));
        assertThat(String.join("\n", texts)).contains("member").doesNotContain("Anna Example");
    }

    @Test
    void whatWouldShutTooManyOutIsRefusedAndChangesNothing() {
        stand(Stream.concat(
                        Stream.of("anna,,,,author,,"),
                        java.util.stream.IntStream.range(0, 19).mapToObj(i -> "m" + i + ",,,,,,"))
                .toArray(String[]::new));
        String eighteen = String.join(
                        "\n",
                        standing().subList(0, 17).stream()
                                .map(id -> id + ",,,,,,")
                                .toList()) + "\n";
        long written = house.entries.written();
        assertThat(tell("", OptionalLong.of(20))).isInstanceOf(Outcome.Refused.class);
        assertThat(tell(eighteen, OptionalLong.empty()))
                .isEqualTo(
                        new Outcome.Refused("3 of 20 members would leave, 17 stay or join, more than one in ten: where"
                                + " that is meant, say --accept-shrinking 3"));
        assertThat(tell(eighteen, OptionalLong.of(2))).isInstanceOf(Outcome.Refused.class);
        assertThat(house.entries.written()).isEqualTo(written);
        assertThat(viewer("anna")).isInstanceOf(Viewer.Member.class);
        assertThat(tell(eighteen, OptionalLong.of(3))).isInstanceOf(Outcome.Taken.class);
        assertThat(house.people.book.get().lastWord().orElseThrow().accepted()).contains(3L);
        assertThat(house.people.book.get().lastWord().orElseThrow().by()).isEqualTo("keeper");
    }

    @Test
    void anOlderExportAndOneOfTheFutureAreNotTaken() {
        stand("anna,,,,,,", "bert,,,,,,");
        Roster roster =
                MembersFile.read(HEAD + "anna,,,,,,\nbert,,,,,,\n", "members").orThrow();
        Instant now = house.clock.now();
        assertThat(house.people.sync.take(
                        new Export(roster, now.minusSeconds(60), OptionalLong.empty(), KEEPER), false))
                .isInstanceOf(Outcome.Older.class);
        assertThat(house.people.sync.take(
                        new Export(roster, now.plusSeconds(600), OptionalLong.empty(), KEEPER), false))
                .isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void aSilentSourceClosesWhatIsForMembersAndCustodyGoesOn() throws Exception {
        stand("anna,,,,author,,", "bert,,,,,,");
        assertThat(codes()).doesNotContain(Reason.Code.MEMBERS_SILENT);
        ahead = ahead.plusHours(24);
        assertThat(viewer("anna")).isEqualTo(new Viewer.Outsider());
        assertThat(house.people.watch.now().silentSince()).isPresent();
        ClauseVerdict silent = p21();
        assertThat(silent.verdict()).contains(Verdict.UNDETERMINED);
        assertThat(codes()).contains(Reason.Code.MEMBERS_SILENT);
        assertThat(house.auditor.audit().verdictsAgree())
                .as("the journal alone gives the same verdict")
                .isTrue();
        assertThat(whoami(server.port(), token("anna")))
                .as("she may still act where it is public")
                .isEqualTo(303);
        assertThat(house.shift.since(house.clock.now().minusSeconds(60)).waits().members())
                .isPresent();
        assertThat(house.alarms
                        .lookout
                        .look(house.alarms.telling.thresholds())
                        .situation()
                        .keeping()
                        .drill()
                        .members()
                        .silent())
                .isPresent();
        stand("anna,,,,author,,", "bert,,,,,,");
        assertThat(viewer("anna")).isInstanceOf(Viewer.Member.class);
        assertThat(codes()).doesNotContain(Reason.Code.MEMBERS_SILENT);
        assertThat(house.people.watch.now().silentSince()).isEmpty();
    }

    private static ClauseVerdict p21() {
        return house.assessor.assess(0).verdicts().stream()
                .filter(v -> v.clause().id().name().equals("P-21"))
                .findFirst()
                .orElseThrow();
    }

    private static List<Reason.Code> codes() {
        return p21().reasons().stream().map(Reason::code).toList();
    }

    @Test
    void serviceAccountsNeedAnOwnerWhoStaysAndAnEnd() {
        stand("anna,,,,author,,", "bert,,,,,,");
        assertThat(viewer("robot")).as("nobody's").isEqualTo(new Viewer.Outsider());
        attribute("robot", "owner", "anna");
        assertThat(viewer("robot")).as("without an end").isEqualTo(new Viewer.Outsider());
        attribute("robot", "until", "2999-12-31");
        attribute("robot", "production", "True");
        assertThat(viewer("robot")).isEqualTo(new Viewer.Member(Set.of("production")));
        stand("bert,,,,,,");
        assertThat(viewer("robot")).as("whose owner left").isEqualTo(new Viewer.Outsider());
        house.accounts.dropAttribute(AccountName.ROOT, ROBOT, "until");
        stand("anna,,,,author,,", "bert,,,,,,");
        attribute("robot", "until", "2001-12-31");
        assertThat(viewer("robot")).as("whose last day is over").isEqualTo(new Viewer.Outsider());
        for (String key : List.of("owner", "until", "production")) {
            house.accounts.dropAttribute(AccountName.ROOT, ROBOT, key);
        }
    }

    @Test
    void whoWasAMemberWhenIsKept() {
        stand("anna,,,,author,,", "bert,,,,,,");
        Instant before = house.clock.now();
        ahead = ahead.plusMinutes(5);
        stand("bert,,,,reviewer,,");
        Membership then =
                house.people.desk.history().at(before).values().iterator().next();
        assertThat(then.person().id().text()).isEqualTo("anna");
        assertThat(then.left()).isEmpty();
        Membership now = house.people.book.get().all().values().iterator().next();
        assertThat(now.left()).isPresent();
        assertThat(now.joined()).isEqualTo(then.joined());
    }

    @Test
    void theFileIsReadWhenItChangesAndWhatIsWrongWithItIsRemembered() throws Exception {
        stand("anna,,,,,,", "bert,,,,,,");
        Path file = folder.resolve("members.csv");
        MembersRound round = new MembersRound(
                Optional.of(file),
                new MembersRound.Desk(
                        house.people.sync, house.leases, house.memory, house.clock, Duration.ofMinutes(1)));
        round.step();
        assertThat(house.people.watch.now().problem().orElseThrow().what()).contains("is not there");
        write(file, HEAD + "anna,,,,,,\nbert,,,,,,\ncarl,,,,,,\n");
        round.step();
        assertThat(house.people.watch.now().problem()).isEmpty();
        assertThat(standing()).containsExactly("anna", "bert", "carl");
        Instant said = house.people.book.get().lastWord().orElseThrow().said();
        round.step();
        ahead = ahead.plusMinutes(61);
        round.step();
        assertThat(house.people.book.get().lastWord().orElseThrow().said())
                .as("a file that does not change says nothing new")
                .isEqualTo(said);
        write(file, HEAD + "anna,,,,,,\n");
        round.step();
        assertThat(house.people.watch.now().problem().orElseThrow().what()).contains("--accept-shrinking 2");
        write(file, "anna\n");
        round.step();
        assertThat(house.people.watch.now().problem().orElseThrow().what()).contains("members:1:1: column 'anna'");
        assertThat(standing()).containsExactly("anna", "bert", "carl");
        write(file, HEAD + "anna,,,,,,\nbert,,,,,,\ncarl,,,,author,,\n");
        round.step();
        assertThat(house.people.watch.now().problem()).isEmpty();
        Files.delete(file);
        round.step();
        assertThat(house.people.watch.now().problem()).isPresent();
        assertThat(viewer("carl")).isEqualTo(new Viewer.Member(Set.of("author")));
        write(file, HEAD + "anna,,,,,,\nbert,,,,,,\ncarl,,,,author,,\n");
        round.step();
        assertThat(house.people.watch.now().problem()).isEmpty();
    }

    private static void write(Path file, String text) throws Exception {
        ahead = ahead.plusMinutes(1);
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(house.clock.now()));
    }

    @Test
    void theReviewNamesWhatSomebodyShouldLookAt() {
        stand("anna,Example University,,,author,,", "bert,,,,,,", "99,,,,,nobody-yet,");
        house.scopes.add(Writer.whole(AccountName.ROOT), new Scope("user.bert"), new AccountName("bert"));
        stand("anna,Example University,,,author,,", "99,,,,,nobody-yet,");
        String review = ask("GET", "/api/members/review", "").body();
        assertThat(review)
                .contains("left with ", "left: it is refused everywhere", "nobody's: no member has it")
                .contains("service without an owner", "shared: who may act", "Example University", "\"id\":\"99\"");
    }

    @Test
    void theInterfaceTakesAnExportAndTellsWhatIsWrongWithOne() {
        stand("anna,,,,,,", "bert,,,,,,");
        HttpResponse<String> bad = ask("POST", "/api/members", HEAD + "anna,,22.11.2026,,,,\n");
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(bad.body()).contains("members:2:1: '22.11.2026' is no date");
        HttpResponse<String> refused = ask("POST", "/api/members", HEAD + "anna,,,,,,\n");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("1 of 2 members would leave", "--accept-shrinking 1");
        HttpResponse<String> trial = ask("POST", "/api/members?accept=1&dryRun=true", HEAD + "anna,,,,,,\n");
        assertThat(trial.body()).contains("\"left\":[\"bert\"]");
        assertThat(standing()).containsExactly("anna", "bert");
        HttpResponse<String> taken = ask("POST", "/api/members?accept=1", HEAD + "anna,,,,,,\n");
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
        assertThat(standing()).containsExactly("anna");
        assertThat(ask("GET", "/api/members", "").body()).contains("\"id\":\"anna\"", "\"active\":true");
        assertThat(ask("GET", "/api/members/source", "").body()).contains("\"from\":\"export\"", "\"accepted\":1");
    }

    private static HttpResponse<String> ask(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Authorization", "Bearer " + server.secret())
                .header("Content-Type", "text/plain; charset=utf-8")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return server.send(request);
    }
}
