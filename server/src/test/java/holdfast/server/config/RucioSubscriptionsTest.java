package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subscriptions, and the rules that come of them for new collections. */
class RucioSubscriptionsTest {
    private static final String NEAR = Laboratory.NEAR.name();

    @TempDir
    static Path folder;

    private static RucioServer server;

    @BeforeAll
    static void begin() throws Exception {
        server = new RucioServer(folder);
        server.call("POST", "/accounts/root/scopes/sub", "");
    }

    @AfterAll
    static void end() throws Exception {
        server.close();
    }

    @Test
    void eachNewCollectionThatFitsGetsTheRulesOnce() {
        String id =
                subscribe("one", "{\"scope\": [\"su\"], \"pattern\": \"/new/\", \"did_type\": [\"DATASET\"]}", false);
        dataset("/new/a");
        dataset("/other/a");
        server.house().subscriptionRound.step();
        String rules = server.get("/subscriptions/root/one/rules").body();
        assertThat(rules.lines()).hasSize(1);
        assertThat(rules)
                .contains("\"name\":\"/new/a\"", "\"rse_expression\":\"" + NEAR + "\"")
                .contains("\"subscription_id\":\"" + id + "\"", "\"activity\":\"Data Brokering\"");
        assertThat(server.get("/subscriptions/root/one/rules/states").body())
                .isEqualTo("[\"root\",\"one\",\"OK\",1]\n");
        server.house().subscriptionRound.step();
        assertThat(server.get("/subscriptions/root/one/rules").body().lines()).hasSize(1);
    }

    @Test
    void theFilterAndTheRulesComeBackAsTextsOfJson() {
        String id = subscribe("two", "{\"scope\": [\"nowhere\"]}", false);
        String line = server.get("/subscriptions/root/two").body();
        assertThat(line)
                .contains("\"id\":\"" + id + "\"", "\"filter\":\"{\\\"scope\\\":[\\\"nowhere\\\"]}\"")
                .contains("\"policyid\":3", "\"state\":\"ACTIVE\"", "\"lifetime\":null", "\"retroactive\":false")
                .endsWith("\n");
        assertThat(server.get("/subscriptions/name/two").body()).isEqualTo(line);
        assertThat(server.get("/subscriptions/id/" + id).body()).contains("\"name\":\"two\"");
        assertThat(server.get("/subscriptions/root/two/rules/states").body()).isEqualTo("[\"root\",\"two\",null,0]\n");
    }

    @Test
    void aRetroactiveOneLooksBackOnceAndAnInactiveOneNeverLooks() {
        dataset("/old/a");
        server.house().subscriptionRound.step();
        subscribe("back", "{\"pattern\": \"/old/\"}", true);
        subscribe("off", "{\"pattern\": \"/off/\"}", false);
        assertThat(server.call("PUT", "/subscriptions/root/off", "{\"options\": {\"state\": \"I\"}}")
                        .statusCode())
                .isEqualTo(201);
        dataset("/off/a");
        server.house().subscriptionRound.step();
        assertThat(server.get("/subscriptions/root/back/rules").body().lines()).hasSize(1);
        assertThat(server.get("/subscriptions/root/off/rules").body()).isEmpty();
        assertThat(server.get("/subscriptions/root/off").body()).contains("\"state\":\"INACTIVE\"");
    }

    @Test
    void aRuleThatCannotBeMadeIsTriedAgainAndHindersNoOther() {
        subscribe("rich", "{\"pattern\": \"/quota/\"}", false);
        server.call("POST", "/subscriptions/root/gone", body("{\"pattern\": \"/quota/\"}", gone(), false));
        dataset("/quota/a");
        server.house().subscriptionRound.step();
        assertThat(server.get("/subscriptions/root/rich/rules").body().lines()).hasSize(1);
        long again = server.laboratory().count("select count(*) from subscription_seen where again is not null");
        assertThat(again).isEqualTo(1);
        server.house().database.write(connection -> {
            try (Statement update = connection.createStatement()) {
                return update.executeUpdate("update subscription_seen set again = 0 where again is not null");
            }
        });
        server.call("PUT", "/subscriptions/root/gone", "{\"options\": {\"state\": \"I\"}}");
        server.house().subscriptionRound.step();
        assertThat(server.laboratory().count("select count(*) from subscription_seen where again is not null"))
                .isZero();
        assertThat(server.get("/subscriptions/root/rich/rules").body().lines()).hasSize(1);
    }

    private static String gone() {
        return "[{\"copies\": 1, \"rse_expression\": \"tier=nowhere\"}]";
    }

    @Test
    void whatCannotBeDoneIsRefusedAtOnce() {
        says(post("bad", "{}", "[]"), 400, "InvalidObject");
        says(post("bad", "[]", "[{}]"), 400, "TypeError");
        says(post("bad", "{\"scope\": [\"(\"]}", rules("")), 400, "InvalidObject");
        HttpResponse<String> chained = post("bad", "{}", rules(", \"chained_idx\": 1"));
        says(chained, 400, "InvalidObject");
        assertThat(chained.body()).contains("'chained_idx'");
        says(server.get("/subscriptions/root/bad"), 404, "SubscriptionNotFound");
        subscribe("twice", "{\"scope\": [\"nowhere\"]}", false);
        says(post("twice", "{\"scope\": [\"nowhere\"]}", rules("")), 409, "SubscriptionDuplicate");
        says(server.call("PUT", "/subscriptions/root/none", "{\"options\": {}}"), 404, "SubscriptionNotFound");
        says(server.call("PUT", "/subscriptions/root/twice", "{}"), 400, "KeyError");
    }

    private static String rules(String more) {
        return "[{\"copies\": 1, \"rse_expression\": \"%s\", \"activity\": \"Data Brokering\"%s}]"
                .formatted(NEAR, more);
    }

    private static String subscribe(String name, String filter, boolean retroactive) {
        HttpResponse<String> answer =
                server.call("POST", "/subscriptions/root/" + name, body(filter, rules(""), retroactive));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.body()).matches("[0-9a-f]{32}");
        return answer.body();
    }

    private static HttpResponse<String> post(String name, String filter, String rules) {
        return server.call("POST", "/subscriptions/root/" + name, body(filter, rules, false));
    }

    private static String body(String filter, String rules, boolean retroactive) {
        return "{\"options\": {\"filter\": %s, \"replication_rules\": %s, \"comments\": \"c\", \"lifetime\": null,"
                        .formatted(filter, rules)
                + " \"retroactive\": " + retroactive + ", \"dry_run\": false, \"priority\": 3}}";
    }

    private static void dataset(String name) {
        HttpResponse<String> answer = server.call("POST", "/dids/sub/" + name, "{\"type\": \"DATASET\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static void says(HttpResponse<String> answer, int status, String kind) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("ExceptionClass")).contains(kind);
    }
}
