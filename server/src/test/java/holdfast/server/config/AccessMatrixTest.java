package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.access.Roster;
import holdfast.formats.MembersFile;
import holdfast.server.api.rucio.wire.Endpoint;
import holdfast.server.api.rucio.wire.Route;
import holdfast.server.api.rucio.wire.Verb;
import holdfast.server.api.rucio.wire.Who;
import holdfast.server.members.MemberSync.Export;
import holdfast.server.members.MemberSync.Outcome;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every endpoint of Rucio's interface, called by everybody who can be told apart, against the table of who may. */
class AccessMatrixTest {
    private static final String ROOT = "root";
    private static final String ADMINISTRATOR = "admina";
    private static final String MEMBER = "member";

    /** A member to whom the source gives the role that writes a level. */
    private static final String PRODUCER = "producer";

    /** Members with roles that write other levels, or none: two more who must not be taken for each other. */
    private static final String AUTHOR = "author";

    private static final String REVIEWER = "reviewer";

    private static final String FORMER = "former";

    /** A member whose attribute opens an area by the policy: who looks after a site. */
    private static final String SITE = "operator";

    /** An account of a program; it has no owner. */
    private static final String SERVICE = "service";

    private static final Set<String> CUSTODIANS = Set.of(ROOT, ADMINISTRATOR);
    private static final Set<String> MEMBERS = Set.of(ROOT, ADMINISTRATOR, MEMBER, AUTHOR, REVIEWER, PRODUCER, SITE);
    private static final String OTHER = "other";

    @TempDir
    static Path folder;

    private static RucioServer server;

    /** One for each role. */
    private static final Map<String, String> TOKENS = new LinkedHashMap<>();

    /** Of somebody who was a member when it was given. */
    private static String former = "";

    @BeforeAll
    static void begin() throws Exception {
        Laboratory.plan(folder, "levels.yaml");
        server = new RucioServer(folder);
        List.of(OTHER, MEMBER, AUTHOR, REVIEWER, PRODUCER, FORMER, SITE, ADMINISTRATOR)
                .forEach(person -> account(person, "USER"));
        account(SERVICE, "SERVICE");
        post("/accounts/operator/attr/operator", "{\"value\": true}");
        post("/accounts/admina/attr/admin", "{\"value\": true}");
        post("/accounts/producer/scopes/raw", "");
        post("/accounts/member/scopes/rawer", "");
        post("/accounts/root/scopes/shown", "");
        post("/dids/raw/%2Fhidden", "{\"type\": \"DATASET\"}");
        for (String role : List.of(SERVICE, MEMBER, AUTHOR, REVIEWER, PRODUCER, SITE, ADMINISTRATOR)) {
            TOKENS.put(role, token(role));
        }
        // Last, since it may do everything.
        TOKENS.put(ROOT, server.token());
        former = token(FORMER);
        members();
    }

    private static String token(String account) {
        return server.token(account, account, "a-long-one-of-" + account);
    }

    private static void members() {
        Roster roster = MembersFile.read("""
            id,institute,since,until,roles,account,identities
            m1,lab,2020-01-01,,,other,
            m2,lab,2020-01-01,,,member,
            m3,lab,2020-01-01,,production,producer,
            m4,lab,2020-01-01,2021-01-01,production,former,
            m5,lab,2020-01-01,,,operator,
            m6,lab,2020-01-01,,,admina,
            m7,lab,2020-01-01,,author,author,
            m8,lab,2020-01-01,,reviewer,reviewer,
            """, "members").orThrow();
        Export export = new Export(roster, server.house().clock.now(), OptionalLong.empty(), new Actor("keeper"));
        assertThat(server.house().people.sync.take(export, false)).isInstanceOf(Outcome.Taken.class);
    }

    private static void account(String account, String type) {
        post("/accounts/" + account, "{\"type\": \"%s\", \"email\": \"\"}".formatted(type));
        post(
                "/accounts/" + account + "/identities",
                "{\"identity\": \"%s\", \"authtype\": \"USERPASS\", \"email\": \"\", \"password\": \"a-long-one-of-%s\"}"
                        .formatted(account, account));
    }

    private static void post(String path, String body) {
        HttpResponse<String> answer = server.call("POST", path, body);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(201);
    }

    @AfterAll
    static void end() throws Exception {
        server.close();
    }

    @Test
    void everyRowIsKeptForEveryRole() {
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, String> role : TOKENS.entrySet()) {
            for (Route route : server.book().routes()) {
                HttpResponse<String> answer = ask(route.endpoint(), role.getValue(), OTHER);
                String fault = fault(route, role.getKey(), answer);
                if (!fault.isEmpty()) {
                    wrong.add("%s as %s: %s, %d %s"
                            .formatted(
                                    route.endpoint().key(), role.getKey(), fault, answer.statusCode(), answer.body()));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** Empty where the answer is as the row says. */
    private static String fault(Route route, String role, HttpResponse<String> answer) {
        boolean may = may(route.access().who(), role);
        boolean refused = answer.statusCode() == 401 && answer.body().equals(refusal(route, role));
        if (!may) {
            return refused ? "" : "is not kept out";
        }
        if (refused) {
            return "is kept out";
        }
        // What asks for a permission may be refused by that; an administrator has each that somebody has.
        boolean asksMore =
                Set.of("permission", "scoped", "own").contains(route.access().why());
        boolean denied = answer.statusCode() == 401 && answer.body().contains("AccessDenied");
        return denied
                        && (!asksMore || CUSTODIANS.contains(role))
                        && !NOBODY_MAY.equals(route.endpoint().key())
                ? "is denied"
                : "";
    }

    /** By the generic policy, as the field's server has it. */
    private static final String NOBODY_MAY = "DELETE /replicas/";

    private static boolean may(Who who, String role) {
        return switch (who) {
            case ANYBODY, ACCOUNT -> true;
            case OWN, MEMBER -> MEMBERS.contains(role);
            // Some scopes have no level in this plan, and so are hidden from members.
            case WHOLE, CUSTODIAN -> CUSTODIANS.contains(role);
        };
    }

    private static String refusal(Route route, String role) {
        return "{\"ExceptionClass\":\"AccessDenied\",\"ExceptionMessage\":\"account %s may not call %s; it is for %s\"}"
                .formatted(role, route.endpoint().key(), route.access().who().words());
    }

    @Test
    void whoShowsNothingAndWhoHasLeftAreRefusedWhateverNeedsAToken() {
        List<String> wrong = new ArrayList<>();
        for (Route route : server.book().routes()) {
            if (route.endpoint().key().equals("GET /auth/validate")) {
                // It answers whether a token is good, and so refuses as the others do.
                continue;
            }
            HttpResponse<String> nothing = ask(route.endpoint(), "", OTHER);
            HttpResponse<String> unknown = ask(route.endpoint(), "never-given", OTHER);
            HttpResponse<String> left = ask(route.endpoint(), former, FORMER);
            boolean refused = nothing.statusCode() == 400
                    && nothing.body().contains("Token must be set.")
                    && unknown.statusCode() == 401
                    && unknown.body().contains("CannotAuthenticate")
                    && left.statusCode() == 401
                    && left.body().equals(unknown.body());
            if (refused == (route.access().who() == Who.ANYBODY)) {
                wrong.add(route.endpoint().key() + ": " + nothing.body() + unknown.body() + left.body());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void aLevelThatARoleWritesIsWrittenByThoseWhoHaveIt() {
        String body = "{\"type\": \"DATASET\"}";
        HttpResponse<String> without = as(TOKENS.getOrDefault(MEMBER, ""), "POST", "/dids/rawer/%2Fown", body);
        assertThat(without.statusCode()).as(without.body()).isEqualTo(401);
        assertThat(without.body()).contains("AccessDenied", "is written by production");
        HttpResponse<String> with = as(TOKENS.getOrDefault(PRODUCER, ""), "POST", "/dids/raw/%2Fmade", body);
        assertThat(with.statusCode()).as(with.body()).isEqualTo(201);
    }

    @Test
    void anAccountIsToldOfItselfAndOfNobodyElse() {
        String token = TOKENS.getOrDefault(SERVICE, "");
        for (Route route : server.book().routes()) {
            if (route.access().who() == Who.OWN) {
                HttpResponse<String> own = ask(route.endpoint(), token, SERVICE);
                assertThat(own.body()).as(route.endpoint().key()).doesNotContain("AccessDenied");
                HttpResponse<String> other = ask(route.endpoint(), token, OTHER);
                HttpResponse<String> absent = ask(route.endpoint(), token, "nosuch");
                assertThat(other.body()).isEqualTo(refusal(route, SERVICE));
                assertThat(absent.body()).isEqualTo(other.body());
                assertThat(absent.headers().map().keySet())
                        .isEqualTo(other.headers().map().keySet());
            }
        }
    }

    @Test
    void aRuleOnWhatIsHiddenIsAsOneThatIsNot() {
        String made = server.call(
                        "POST",
                        "/rules/",
                        "{\"dids\": [{\"scope\": \"raw\", \"name\": \"/hidden\"}], \"account\": \"root\", \"copies\":"
                                + " 1, \"rse_expression\": \"NEAR-RAW\"}")
                .body();
        String id = made.replaceAll("[^0-9a-f]", "");
        assertThat(id).as(made).hasSize(32);
        String absent = id.replace(id.charAt(0), id.charAt(0) == 'a' ? 'b' : 'a');
        String outside = TOKENS.getOrDefault(SERVICE, "");
        for (String path : List.of("", "/locks", "/history", "/analysis")) {
            HttpResponse<String> hidden = as(outside, "GET", "/rules/" + id + path, "");
            HttpResponse<String> none = as(outside, "GET", "/rules/" + absent + path, "");
            assertThat(hidden.statusCode()).as(path).isEqualTo(none.statusCode());
            assertThat(hidden.body().replace(id, absent)).as(path).isEqualTo(none.body());
        }
        for (String body : List.of("{\"options\": {\"lifetime\": 1}}", "{\"options\": {\"approve\": true}}", "{}")) {
            assertThat(as(outside, "PUT", "/rules/" + id, body).body().replace(id, absent))
                    .isEqualTo(as(outside, "PUT", "/rules/" + absent, body).body());
        }
        assertThat(as(outside, "DELETE", "/rules/" + id, "").body()).contains("RuleNotFound");
        assertThat(as(outside, "GET", "/rules/", "").body()).isEmpty();
        assertThat(as(outside, "GET", "/locks/NEAR-RAW?did_type=dataset", "").body())
                .isEmpty();
        assertThat(as(outside, "GET", "/dids/raw/%2Fhidden/rules", "").body()).isEmpty();
        assertThat(as(outside, "GET", "/rules/raw/%2Fhidden/history", "").body())
                .isEmpty();
        String member = TOKENS.getOrDefault(MEMBER, "");
        assertThat(as(member, "GET", "/rules/" + id, "").statusCode()).isEqualTo(200);
        assertThat(as(member, "GET", "/locks/NEAR-RAW?did_type=dataset", "").body())
                .contains("/hidden");
    }

    @Test
    void aLockByARuleOnAHiddenContainerIsToldToThoseWhoMayKnowOfTheRule() {
        post("/dids/shown/%2Fpart", "{\"type\": \"DATASET\"}");
        post("/dids/raw/%2Fbox", "{\"type\": \"CONTAINER\"}");
        post("/dids/raw/%2Fbox/dids", "{\"dids\": [{\"scope\": \"shown\", \"name\": \"/part\"}]}");
        String rule = id(server.call(
                "POST",
                "/rules/",
                "{\"dids\": [{\"scope\": \"raw\", \"name\": \"/box\"}], \"account\": \"root\", \"copies\": 1,"
                        + " \"rse_expression\": \"HOME-RAW\"}"));
        for (String path : List.of("/locks/shown/%2Fpart?did_type=dataset", "/locks/HOME-RAW?did_type=dataset")) {
            assertThat(as(TOKENS.getOrDefault(MEMBER, ""), "GET", path, "").body())
                    .contains(rule);
            assertThat(as(TOKENS.getOrDefault(SERVICE, ""), "GET", path, "").body())
                    .isEmpty();
        }
    }

    @Test
    void aRuleForWhatIsHiddenIsRefusedAsForWhatIsNot() {
        String outside = TOKENS.getOrDefault(SERVICE, "");
        String body = "{\"dids\": [{\"scope\": \"raw\", \"name\": \"%s\"}], \"account\": \"service\", \"copies\": 1,"
                + " \"rse_expression\": \"NEAR-RAW\"}";
        HttpResponse<String> hidden = as(outside, "POST", "/rules/", body.formatted("/hidden"));
        HttpResponse<String> absent = as(outside, "POST", "/rules/", body.formatted("/nosuch"));
        assertThat(hidden.statusCode()).isEqualTo(404);
        assertThat(hidden.body().replace("/hidden", "/nosuch")).isEqualTo(absent.body());
    }

    @Test
    void aSubscriptionThatNamesAHiddenScopeIsPassedOver() {
        for (String scope : List.of("shown", "gap", "sh.*")) {
            post("/subscriptions/root/of-" + scope.length(), """
                {"options": {"filter": {"scope": ["%s"]}, "replication_rules":
                 [{"copies": 1, "rse_expression": "NEAR-RAW", "activity": "x"}], "comments": "", "dry_run": true}}
                """.formatted(scope));
        }
        String member = TOKENS.getOrDefault(MEMBER, "");
        assertThat(as(member, "GET", "/subscriptions/", "").body())
                .contains("of-5")
                .doesNotContain("of-3", "of-4");
        assertThat(as(member, "GET", "/subscriptions/root/of-3/rules", "").body())
                .isEqualTo(as(member, "GET", "/subscriptions/root/of-0/rules", "")
                        .body()
                        .replace("of-0", "of-3"));
        assertThat(server.get("/subscriptions/").body()).contains("of-3", "of-4", "of-5");
    }

    @Test
    void aTransferOfWhatHasNoLevelIsToldToAdministratorsOnly() {
        DataId file = new DataId(new Scope("gap"), "/moving");
        server.laboratory().send(file, Laboratory.bytes("moving"));
        post(
                "/rules/",
                "{\"dids\": [{\"scope\": \"gap\", \"name\": \"/moving\"}], \"account\": \"root\", \"copies\": 1,"
                        + " \"rse_expression\": \"FAR-RAW\"}");
        server.house().attendant.step();
        String one = "/requests/gap/%2Fmoving/FAR-RAW";
        String list = "/requests/list?src_rse=HOME-RAW&dst_rse=FAR-RAW&request_states=Q,S";
        assertThat(server.get(one).statusCode()).isEqualTo(200);
        assertThat(server.get(list).body()).contains("/moving");
        String member = TOKENS.getOrDefault(MEMBER, "");
        assertThat(as(member, "GET", one, "").body())
                .contains("RequestNotFound")
                .isEqualTo(as(member, "GET", one.replace("moving", "nothing"), "")
                        .body()
                        .replace("nothing", "moving"));
        assertThat(as(member, "GET", list, "").body()).isEmpty();
    }

    @Test
    void exceptionsAndOpenDataOfAHiddenScopeArePassedOver() {
        post("/dids/raw/%2Fending", "{\"type\": \"DATASET\", \"lifetime\": 3600}");
        post("/dids/shown/%2Fending", "{\"type\": \"DATASET\", \"lifetime\": 3600}");
        String dids = "{\"dids\": [{\"scope\": \"%s\", \"name\": \"/ending\"}], \"comments\": \"\"}";
        String hidden = id(server.call("POST", "/lifetime_exceptions/", dids.formatted("raw")));
        String shown = id(server.call("POST", "/lifetime_exceptions/", dids.formatted("shown")));
        String outside = TOKENS.getOrDefault(SERVICE, "");
        assertThat(as(outside, "GET", "/lifetime_exceptions/", "").body())
                .contains(shown)
                .doesNotContain(hidden);
        String absent = hidden.replace(hidden.charAt(0), hidden.charAt(0) == 'a' ? 'b' : 'a');
        assertThat(as(outside, "GET", "/lifetime_exceptions/" + hidden, "")
                        .body()
                        .replace(hidden, absent))
                .isEqualTo(
                        as(outside, "GET", "/lifetime_exceptions/" + absent, "").body());
        for (String scope : List.of("raw", "shown")) {
            String path = "/opendata/dids/" + scope + "/%2Fending";
            post(path, "");
            server.call("PUT", "/dids/" + scope + "/%2Fending/status", "{\"open\": false}");
            assertThat(server.call("PUT", path, "{\"state\": \"PUBLIC\"}").statusCode())
                    .isEqualTo(200);
        }
        assertThat(as("", "GET", "/opendata/public/dids", "").body())
                .contains("\"total\":1", "\"scope\":\"shown\"")
                .doesNotContain("\"scope\":\"raw\"");
        assertThat(as("", "GET", "/opendata/public/dids/raw/%2Fending", "").body())
                .isEqualTo(as("", "GET", "/opendata/public/dids/raw/%2Fnothing", "")
                        .body()
                        .replace("/nothing", "/ending"));
    }

    private static String id(HttpResponse<String> made) {
        Matcher id = Pattern.compile("[0-9a-f]{32}").matcher(made.body());
        assertThat(id.find()).as(made.body()).isTrue();
        return id.group();
    }

    /** With arguments that name nothing, so that whoever may do something does nothing. */
    private static HttpResponse<String> ask(Endpoint endpoint, String token, String account) {
        String path = endpoint.template()
                .toString()
                .replace("{account}", account)
                .replace("{rse}", "NOWHERE")
                .replace("{value}", "1")
                .replace("{port}", "1")
                .replaceAll("\\{(?:[a-z]+_)?id}", "00000000000000000000000000000000")
                .replaceAll("\\{(?:[a-z]+_)?scope}", "absent")
                .replaceAll("\\{[a-z_]+}", "nothing");
        boolean sends = endpoint.verb() != Verb.GET && endpoint.body() != Endpoint.BodyKind.NONE;
        return as(token, endpoint.verb().name(), path, sends ? body(endpoint) : "");
    }

    private static String body(Endpoint endpoint) {
        return endpoint.body() == Endpoint.BodyKind.LIST ? "[]" : "{}";
    }

    private static HttpResponse<String> as(String token, String method, String path, String body) {
        HttpRequest.Builder request = server.at(path)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Accept", "*/*");
        if (!token.isEmpty()) {
            request.header("X-Rucio-Auth-Token", token);
        }
        return server.send(request.build());
    }
}
