package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.access.MemberId;
import holdfast.judgement.Reason;
import holdfast.retention.Quorum.Term;
import holdfast.server.embedded.TestDatabase;
import holdfast.server.identity.LocalIssuer;
import holdfast.server.members.Membership;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Actor;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members by the groups that issuers and front ends tell, on a real socket; the issuers' clock is the house's. */
@Tag("alone")
class MembersByGroupsTest {
    private static final Actor KEEPER = new Actor("keeper");
    private static final String FRONT_END = "127.0.0.2";
    private static final String STRANGER = "127.0.0.1";
    private static final String DN = "/DC=org/DC=example/CN=Vera";

    @TempDir
    Path folder;

    private volatile Duration ahead = Duration.ZERO;
    private LocalIssuer issuer;
    private LocalIssuer other;
    private RucioServer server;
    private House house;

    @BeforeEach
    void begin() throws Exception {
        System.setProperty("holdfast.frontends", FRONT_END);
        System.setProperty("holdfast.x509.header", "X-Checked-Subject");
        System.setProperty("holdfast.voms.header", "X-Checked-Fqans");
        issuer = new LocalIssuer(this::now);
        other = new LocalIssuer(this::now);
        Files.writeString(folder.resolve("issuers.yaml"), """
            holdfast-issuers: 1
            issuers:
              lab: { url: "%s", audiences: "%s", client: { id: house, scopes: wlcg.groups } }
              other: { url: "%s", audiences: "%s" }
            """.formatted(
                        issuer.url(), LocalIssuer.AUDIENCE, other.url(), LocalIssuer.AUDIENCE));
        Laboratory.plan(folder, "hidden.yaml");
        Ports open = Ports.open();
        Ports ports = new Ports(
                open.disk(), open.database(), clock -> () -> clock.now().plus(ahead), open.drivers(), open.journal());
        server = new RucioServer(new Laboratory(TestDatabase.migrated(), folder, "hidden-policy.yaml", ports));
        house = server.house();
        Planted planted = new Planted(server);
        planted.person("anna", "USER");
        planted.person("vera", "USER");
        planted.person("team", "GROUP");
        planted.person("robot", "SERVICE");
        maps("anna", "SUB=anna, ISS=" + issuer.url(), "OIDC");
        maps("anna", "SUB=anna, ISS=" + other.url(), "OIDC");
        maps("team", "SUB=carl, ISS=" + issuer.url(), "OIDC");
        maps("vera", DN, "X509");
        made("/scopes/root/h4-data", "");
        Adoption.Texts now = house.adoption.texts();
        String plan = now.plan()
                .replace("version: '1'", "version: '2'")
                .replace("members: { from: accounts }", """
                members:
                  from: groups
                  told by: [ "%s", voms ]
                  groups: [ /lab ]
                  roles: { operations: [ /lab/Role=operations ] }
                  institutes below: /lab/institutes
                """.formatted(issuer.url()));
        house.adoption.adopt(new Adoption.Texts(plan, now.sites(), now.policy()), KEEPER);
    }

    @AfterEach
    void end() throws Exception {
        server.close();
        other.close();
        issuer.close();
        for (String property : List.of("frontends", "x509.header", "voms.header")) {
            System.clearProperty("holdfast." + property);
        }
    }

    private Instant now() {
        return Instant.now().plus(ahead);
    }

    private void made(String path, String body) {
        HttpResponse<String> answer = server.call("POST", path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private void maps(String account, String identity, String type) {
        made(
                "/accounts/" + account + "/identities",
                "{\"identity\": \"%s\", \"authtype\": \"%s\", \"email\": \"\"}".formatted(identity, type));
    }

    /** A token of now that says these groups. */
    private static String token(LocalIssuer by, String subject, String... groups) {
        return by.token(claims -> claims.subject(subject).claim("wlcg.groups", Arrays.asList(groups)));
    }

    private String token(String subject, String... groups) {
        return token(issuer, subject, groups);
    }

    /** How somebody stands, and with which roles. */
    private String who(String token) {
        HttpResponse<String> answer =
                server.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/whoami"))
                        .header("Authorization", "Bearer " + token)
                        .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body().replaceAll(".*\"standing\":\"(\\w+)\",\"roles\":(\\[[^]]*]).*", "$1 $2");
    }

    /** Whether the scope of a level for members is there for them, at Rucio's interface. */
    private boolean sees(String token) {
        return server.send(server.at("/scopes/")
                        .header("X-Rucio-Auth-Token", token)
                        .build())
                .body()
                .contains("h4-data");
    }

    private Optional<Term> term(String account) {
        return house.people.signatories.seen().apply(new Actor(account));
    }

    private Membership kept(String account) {
        return house.people.book.get().all().get(new MemberId(account));
    }

    private void later(Duration span) {
        ahead = ahead.plus(span);
    }

    @Test
    void aTokenWithTheGroupIsAMembersAndNoOtherLoginOfTheSamePersonIs() {
        String member = token("anna", "/lab", "/lab/Role=operations", "/union");
        assertThat(who(member)).isEqualTo("member [\"operations\"]");
        assertThat(sees(member)).isTrue();
        String less = issuer.token(claims -> claims.subject("anna"));
        assertThat(who(less)).as("a token that says no groups").isEqualTo("outsider []");
        assertThat(sees(less)).isFalse();
        assertThat(who(server.token("anna", "anna", "a-long-one-of-anna"))).isEqualTo("outsider []");
        assertThat(who(token(other, "anna", "/lab")))
                .as("another issuer's group")
                .isEqualTo("outsider []");
        assertThat(who(token("carl", "/lab"))).as("in an account of several").isEqualTo("member []");
        assertThat(kept("team")).as("of which nobody signs").isNull();
        assertThat(who(member)).as("whatever came meanwhile").isEqualTo("member [\"operations\"]");
    }

    @Test
    void whatARoleWritesIsWrittenByTheTokensThatHaveIt() {
        assertThat(writes(token("anna", "/lab"), "without")).isEqualTo(401);
        assertThat(writes(token("anna", "/lab", "/lab/Role=operations"), "with"))
                .isEqualTo(201);
    }

    private int writes(String token, String name) {
        return server.send(server.at("/dids/h4-data/" + name)
                        .header("X-Rucio-Auth-Token", token)
                        .POST(BodyPublishers.ofString("{\"type\": \"DATASET\"}"))
                        .build())
                .statusCode();
    }

    @Test
    void aYoungerWordEndsWhatAnOlderOneOpened() {
        String member = token("anna", "/lab");
        assertThat(who(member)).isEqualTo("member []");
        later(Duration.ofMinutes(5));
        assertThat(who(token("anna", "/union"))).isEqualTo("outsider []");
        assertThat(who(member)).as("her older token").isEqualTo("outsider []");
        assertThat(term("anna")).as("her signature").isEmpty();
        later(Duration.ofMinutes(5));
        assertThat(who(token("anna", "/lab"))).isEqualTo("member []");
        assertThat(kept("anna").left()).isEmpty();
        assertThat(kept("anna").joined()).as("she begins anew").isAfter(now().minusSeconds(60));
        assertThat(who(member)).as("said before she came back, and she is back").isEqualTo("member []");
    }

    @Test
    void anOlderWordEndsNothing() {
        String older = token("anna", "/union");
        later(Duration.ofMinutes(5));
        assertThat(who(token("anna", "/lab"))).isEqualTo("member []");
        assertThat(who(older)).isEqualTo("outsider []");
        assertThat(kept("anna").left()).isEmpty();
        assertThat(term("anna")).isPresent();
    }

    @Test
    void whoComesIsKeptOnceADayAndSignsAsLongAsTheyCome() {
        String member = token("anna", "/lab", "/lab/institutes/north");
        who(member);
        Instant joined = kept("anna").joined();
        assertThat(term("anna")).contains(new Term(joined, Optional.of("north")));
        long written = house.entries.written();
        for (int i = 0; i < 20; i++) {
            who(member);
        }
        assertThat(house.entries.written()).as("nothing more that day").isEqualTo(written);
        later(Duration.ofDays(29));
        assertThat(term("anna"))
                .as("nobody came for a day: nobody said who the members are")
                .isEmpty();
        who(token("anna", "/lab", "/lab/institutes/north"));
        assertThat(term("anna")).contains(new Term(joined, Optional.of("north")));
        later(Duration.ofDays(31));
        who(token("carl", "/lab"));
        assertThat(term("anna")).as("not seen for 31 days").isEmpty();
        who(token("anna", "/lab"));
        assertThat(term("anna").orElseThrow().since()).isAfter(now().minusSeconds(60));
        assertThat(house.people.desk.history().at(house.clock.now()))
                .as("the journal alone")
                .isEqualTo(house.people.book.get().all());
        assertThat(house.auditor.audit().agrees()).isTrue();
    }

    @Test
    void theCommandLineAndTheReviewSayWhereMembersComeFrom() throws Exception {
        CommandLine line = new CommandLine(server, folder.resolve("line"));
        assertThat(line.run("members", "status").out()).contains("its plan's groups", "None ever came");
        who(token("anna", "/lab", "/lab/institutes/north"));
        CommandLine.Ended status = line.run("members", "status");
        assertThat(status.code()).isZero();
        assertThat(status.out()).contains("A member last came in at");
        assertThat(line.run("members", "list").out()).contains("anna", "north");
        String review = server.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/report/access"))
                                .header("Authorization", "Bearer " + server.secret())
                                .build())
                .body();
        assertThat(review)
                .contains("The groups of whoever comes in; a member last came in", "anna, north", "group /lab");
        later(Duration.ofHours(25));
        CommandLine.Ended silent = line.run("members", "status");
        assertThat(silent.code()).isOne();
        assertThat(silent.out()).contains("SILENT since");
    }

    @Test
    void aProgramsOwnerStandsWithoutBeingThere() {
        String robot = server.token("robot", "robot", "a-long-one-of-robot");
        house.accounts.addAttribute(AccountName.ROOT, new AccountName("robot"), "owner", "anna");
        house.accounts.addAttribute(AccountName.ROOT, new AccountName("robot"), "until", "2999-12-31");
        assertThat(who(robot)).isEqualTo("outsider []");
        who(token("anna", "/lab"));
        assertThat(who(robot)).isEqualTo("member [\"production\"]");
        later(Duration.ofMinutes(5));
        who(token("anna"));
        assertThat(who(robot)).isEqualTo("outsider []");
    }

    @Test
    void whereNobodyComesNobodySaysWhoTheMembersAre() {
        who(token("anna", "/lab"));
        assertThat(codes()).doesNotContain(Reason.Code.MEMBERS_SILENT);
        assertThat(house.people.watch.now().silentSince()).isEmpty();
        later(Duration.ofHours(25));
        assertThat(codes()).contains(Reason.Code.MEMBERS_SILENT);
        assertThat(house.people.watch.now().silentSince()).isPresent();
        assertThat(house.auditor.audit().verdictsAgree())
                .as("the journal alone gives the same verdict")
                .isTrue();
        who(token("anna"));
        assertThat(codes()).as("no word on a member").contains(Reason.Code.MEMBERS_SILENT);
        who(token("carl", "/lab"));
        assertThat(codes()).doesNotContain(Reason.Code.MEMBERS_SILENT);
    }

    private List<Reason.Code> codes() {
        return house.assessor.assess(0).verdicts().stream()
                .filter(verdict -> verdict.clause().id().name().equals("P-21"))
                .flatMap(verdict -> verdict.reasons().stream())
                .map(Reason::code)
                .toList();
    }

    @Test
    void whatVomsSaysIsBelievedFromAFrontEndThatIsNamed() throws Exception {
        String fqans = "/lab/Role=NULL/Capability=NULL,/lab/Role=operations/Capability=NULL";
        String member = granted(x509(FRONT_END, fqans));
        assertThat(who(member)).isEqualTo("member [\"operations\"]");
        assertThat(sees(member)).isTrue();
        assertThat(who(granted(x509(STRANGER, fqans))))
                .as("whoever else sets that header")
                .isEqualTo("outsider []");
        assertThat(who(granted(x509(FRONT_END)))).as("a proxy without VOMS").isEqualTo("outsider []");
        HttpResponse<String> twice = x509(FRONT_END, "/lab", "/lab");
        assertThat(twice.statusCode()).isEqualTo(400);
        assertThat(twice.body()).contains("X-Checked-Fqans came 2 times");
        HttpResponse<String> bad = x509(FRONT_END, "(null)");
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(bad.body()).contains("(null)", "FQAN");
        assertThat(kept("vera").person().place().groups()).containsExactly("/lab", "/lab/Role=operations");
    }

    private HttpResponse<String> x509(String from, String... fqans) throws Exception {
        HttpRequest.Builder request =
                server.at("/auth/x509").header("X-Rucio-Account", "vera").header("X-Checked-Subject", DN);
        Arrays.stream(fqans).forEach(one -> request.header("X-Checked-Fqans", one));
        try (HttpClient client = HttpClient.newBuilder()
                .localAddress(InetAddress.ofLiteral(from))
                .build()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static String granted(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.headers().firstValue("X-Rucio-Auth-Token").orElseThrow();
    }

    @Test
    void aBrowserIsAMembersAsLongAsItsSessionWhateverItsTokensSayLater() throws Exception {
        issuer.logins().sendsBackTo("http://127.0.0.1:" + server.port() + "/login/oauth2/code/lab");
        issuer.logins().comes("anna");
        issuer.logins().lies(claims -> claims.claim("wlcg.groups", List.of("/lab")));
        try (HttpClient browser = HttpClient.newBuilder()
                .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            assertThat(page(browser, "/oauth2/authorization/lab")).isEqualTo(200);
            assertThat(page(browser, "/")).isEqualTo(200);
            later(Duration.ofHours(1));
            assertThat(page(browser, "/"))
                    .as("its ID token was good for five minutes")
                    .isEqualTo(200);
            who(token("anna", "/union"));
            assertThat(page(browser, "/"))
                    .as("she is in no such group any more")
                    .isEqualTo(403);
        }
    }

    private int page(HttpClient browser, String path) throws Exception {
        return browser.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                                .header("Accept", "text/html")
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }
}
