package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.access.Roster;
import holdfast.formats.MembersFile;
import holdfast.server.config.RoleRows.Row;
import holdfast.server.members.MemberSync.Export;
import holdfast.server.members.MemberSync.Outcome;
import holdfast.server.routes.RouteTable;
import holdfast.server.routes.Who;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everybody who can be told apart, in every level, state and action, through both interfaces of a real house: each cell of
 * {@code lab/roles.tsv} states the answer. Roles are data of the plan, the policy and the export of members.
 */
class RolesMatrixTest {
    private static final Set<String> MEMBERS =
            Set.of("member", "author", "reviewer", "production", "site administrator", "administrator", "service");

    @TempDir
    static Path folder;

    private static RucioServer server;

    /** Empty for whoever shows nothing. */
    private static final Map<String, String> TOKENS = new LinkedHashMap<>();

    @BeforeAll
    static void begin() throws Exception {
        Laboratory.plan(folder, "roles.yaml");
        server = new RucioServer(folder, "roles-policy.yaml", Ports.open());
        people();
        for (String scope : RoleRows.SCOPES.values()) {
            made("/scopes/root/" + scope, "");
            server.laboratory().send(new DataId(new Scope(scope), "/file"), Laboratory.bytes("bytes of " + scope));
            made("/dids/" + scope + "/%2Fset", "{\"type\": \"DATASET\"}");
            made("/dids/" + scope + "/%2Fset/dids", "{\"dids\": [" + Planted.id(scope, "/file") + "]}");
            made("/dids/" + scope + "/%2Fclosed", "{\"type\": \"DATASET\"}");
            made("/dids/" + scope + "/%2Fclosed/dids", "{\"dids\": [" + Planted.id(scope, "/file") + "]}");
            assertThat(server.call("PUT", "/dids/" + scope + "/%2Fclosed/status", "{\"open\": false}")
                            .statusCode())
                    .isEqualTo(200);
        }
        for (String role : RoleRows.ROLES) {
            String part = "/part-" + RoleRows.account(role);
            server.laboratory().send(new DataId(new Scope("open"), part), Laboratory.bytes(part));
        }
        server.laboratory().rest();
    }

    private static void people() {
        for (String role : RoleRows.ROLES) {
            String account = RoleRows.account(role);
            if (role.equals("anonymous")) {
                TOKENS.put(role, "");
                continue;
            }
            made(
                    "/accounts/" + account,
                    "{\"type\": \"%s\", \"email\": \"\"}".formatted(role.equals("service") ? "SERVICE" : "USER"));
            made(
                    "/accounts/" + account + "/identities",
                    "{\"identity\": \"%s\", \"authtype\": \"USERPASS\", \"email\": \"\", \"password\": \"a-long-one-of-%s\"}"
                            .formatted(account, account));
            TOKENS.put(role, server.token(account, account, "a-long-one-of-" + account));
            // Who may make rules has room for them, so that no answer hangs on a quota.
            made("/accounts/" + account + "/limits/local/HOME-RAW", "{\"bytes\": 1000000}");
        }
        attribute("admin", "admin", "true");
        made("/accounts/former/scopes/left", "");
        // A program acts for a person and for a time, and has the roles that it was given, not those of its owner.
        attribute("robot", "owner", "\"author\"");
        attribute("robot", "until", "\"2999-12-31\"");
        attribute("robot", "production", "true");
        Roster roster = MembersFile.read("""
            id,institute,since,until,roles,account,identities
            m1,lab,2020-01-01,,,member,
            m2,lab,2020-01-01,,author,author,
            m3,lab,2020-01-01,,reviewer,reviewer,
            m4,lab,2020-01-01,,production,producer,
            m5,lab,2020-01-01,,near-storage,near,
            m6,lab,2020-01-01,,,admin,
            m7,lab,2020-01-01,2021-01-01,author;production,former,
            """, "members").orThrow();
        Export export = new Export(roster, server.house().clock.now(), OptionalLong.empty(), new Actor("keeper"));
        assertThat(server.house().people.sync.take(export, false)).isInstanceOf(Outcome.Taken.class);
    }

    private static void attribute(String account, String key, String value) {
        made("/accounts/" + account + "/attr/" + key, "{\"key\": \"%s\", \"value\": %s}".formatted(key, value));
    }

    private static void made(String path, String body) {
        HttpResponse<String> answer = server.call("POST", path, body);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(201);
    }

    @AfterAll
    static void end() throws Exception {
        server.close();
    }

    @Test
    void eachCellIsAnsweredAsItIsStated() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Row row : RoleRows.all()) {
            List<String> answers = new ArrayList<>();
            for (String role : RoleRows.ROLES) {
                answers.add(answer(row, role));
            }
            if (!answers.equals(row.cells())) {
                wrong.add(row.what() + "\t" + String.join("\t", answers));
            }
        }
        assertThat(wrong).as(String.join("\n", wrong)).isEmpty();
    }

    /** The status, and for what lists, whether the object is in it. */
    private static String answer(Row row, String role) {
        HttpResponse<String> answer = send(row.ask(role), TOKENS.get(role));
        String code = String.valueOf(answer.statusCode());
        return row.lists() && answer.statusCode() == 200 && !answer.body().contains("set") ? code + " without" : code;
    }

    @Test
    void everyRouteOfOurOwnIsKeptForEverybody() {
        List<String> wrong = new ArrayList<>();
        for (RouteTable.Row row : RouteTable.ours().rows()) {
            for (String role : RoleRows.ROLES) {
                boolean may = may(row.who(), role);
                if (!may || !row.method().equals("POST")) {
                    int status = send(RoleRows.ofRoute(row), TOKENS.get(role)).statusCode();
                    boolean denied = Set.of(401, 403).contains(status);
                    if (denied == may) {
                        wrong.add("%s %s %s: %d".formatted(role, row.method(), row.path(), status));
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void theReviewIsAPageThatNamesWhoHasWhatAndWhoLeft() {
        RoleRows.Ask review = new RoleRows.Ask("GET", "/report/access", "");
        String page = send(review, TOKENS.get("administrator")).body();
        assertThat(page)
                .contains("m3, lab<br><span class=\"soft\">member, by: export")
                .contains("program of author<br><span class=\"soft\">member, by: its owner")
                .contains("left with")
                .as("what somebody left behind")
                .doesNotContain("<script", "style=");
        String ended = page.substring(page.indexOf("<h2>Ended</h2>"));
        assertThat(ended)
                .contains(">m7<", "former", "since 2020-01-01, until 2021-01-01", "after 2021-01-01")
                .doesNotContain(">m3<");
        assertThat(page.indexOf(">former<")).isLessThan(page.indexOf(">member<"));
        assertThat(send(review, TOKENS.get("member")).statusCode()).isEqualTo(403);
    }

    static boolean may(Who who, String role) {
        return switch (who) {
            case Who.Anybody _ -> true;
            case Who.WithAccount _ -> MEMBERS.contains(role);
            case Who.Members _ -> MEMBERS.contains(role);
            case Who.WithArea _ -> Set.of("site administrator", "administrator").contains(role);
            case Who.Whole _, Who.Custodians _ -> role.equals("administrator");
            // No account of these is a site's own process; SiteRemovalsTest has one.
            case Who.Eraser _ -> false;
        };
    }

    private static HttpResponse<String> send(RoleRows.Ask ask, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + ask.path()))
                .method(
                        ask.method(),
                        ask.body().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(ask.body()))
                .header("Accept", "*/*");
        if (!ask.body().isEmpty() && !ask.path().startsWith("/rucio")) {
            request.header("Content-Type", "application/json");
        }
        if (!token.isEmpty()) {
            request.header("X-Rucio-Auth-Token", token).header("Authorization", "Bearer " + token);
        }
        return server.send(request.build());
    }
}
