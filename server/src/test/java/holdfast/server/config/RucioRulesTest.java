package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CatalogFact.CollectionsChanged;
import holdfast.catalog.CatalogFact.ContentChanged;
import holdfast.catalog.CollectionRow;
import holdfast.catalog.CollectionRow.Kind;
import holdfast.journal.Fact;
import holdfast.journal.Journal.Appended;
import holdfast.server.sql.Leases;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules as Rucio's clients make and read them: states follow from the copies, and locks from the contents. */
class RucioRulesTest {
    private static final DataId FILE = Laboratory.id("/lab/raw/run1/a.dat");
    private static final DataId DATASET = Laboratory.id("/lab/sets/one");
    private static final DataId CONTAINER = Laboratory.id("/lab/sets/all");
    private static final Actor ROOT = new Actor("root");

    @TempDir
    Path folder;

    private RucioServer server;
    private Laboratory lab;

    @BeforeEach
    void open() throws Exception {
        server = new RucioServer(folder);
        lab = server.laboratory();
        lab.send(FILE, Laboratory.bytes(FILE.name()));
        lab.rest();
        make(DATASET, Kind.DATASET);
        make(CONTAINER, Kind.CONTAINER);
        attach(DATASET, FILE);
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    @Test
    void aRuleIsReplicatingUntilItsCopiesAreThereAndThenOk() {
        String id = add(DATASET, 1, "FAR-RAW", "");
        assertThat(server.get("/rules/" + id).body())
                .contains("\"state\":\"REPLICATING\"", "\"locks_replicating_cnt\":1", "\"did_type\":\"DATASET\"");
        assertThat(server.get("/rules/" + id + "/locks").body()).contains("\"state\":\"REPLICATING\"");

        lab.rest();

        assertThat(server.get("/rules/" + id).body()).contains("\"state\":\"OK\"", "\"locks_ok_cnt\":1");
        assertThat(server.get("/rules/" + id + "/locks").body()).contains("\"state\":\"OK\"", "\"rse\":\"FAR-RAW\"");
        assertThat(server.get("/locks/raw//lab/sets/one?did_type=dataset").body())
                .contains("\"state\":\"OK\"", "\"account\":\"root\"");
        assertThat(server.get("/dids/raw//lab/raw/run1/a.dat/associated_rules").body())
                .contains(id);
    }

    @Test
    void filesThatComeLaterAreCountedAtOnceAndBrought() {
        String id = add(DATASET, 1, "FAR-RAW", "");
        lab.rest();
        DataId later = Laboratory.id("/lab/raw/run1/b.dat");
        lab.send(later, Laboratory.bytes(later.name()));
        attach(DATASET, later);
        assertThat(server.get("/rules/" + id).body())
                .contains("\"state\":\"REPLICATING\"", "\"locks_ok_cnt\":1", "\"locks_replicating_cnt\":1");
        lab.rest();
        assertThat(server.get("/rules/" + id).body()).contains("\"state\":\"OK\"", "\"locks_ok_cnt\":2");
    }

    @Test
    void aRuleOverAContainerLocksDatasetsThatComeLater() {
        String id = add(CONTAINER, 1, "FAR-RAW", "");
        assertThat(server.get("/rules/" + id).body()).contains("\"state\":\"OK\"", "\"locks_ok_cnt\":0");
        attach(CONTAINER, DATASET);
        lab.house.ruleKeeper.step();
        lab.rest();
        assertThat(server.get("/rules/" + id).body()).contains("\"state\":\"OK\"", "\"locks_ok_cnt\":1");

        append(new ContentChanged(ContentChanged.Change.DETACHED, CONTAINER, List.of(DATASET)));
        lab.house.ruleKeeper.step();
        assertThat(server.get("/rules/" + id).body()).contains("\"locks_ok_cnt\":0");
    }

    @Test
    void oneNodeAtATimeKeepsTheRules() {
        Leases ofAnotherNode = new Leases(lab.house.database, lab.house.clock);
        assertThat(ofAnotherNode.take("rules", Duration.ofHours(1))).isPresent();
        String id = add(CONTAINER, 1, "FAR-RAW", "");
        append(new ContentChanged(ContentChanged.Change.ATTACHED, CONTAINER, List.of(DATASET)));
        assertThat(lab.house.ruleKeeper.step()).isZero();
        assertThat(lab.house.ruleKeeper.retry()).isZero();
        assertThat(lab.count("select count(*) from rule_lock")).isZero();
        ofAnotherNode.giveBack("rules");
        assertThat(lab.house.ruleKeeper.step()).isPositive();
        assertThat(server.get("/rules/" + id + "/locks").body()).contains("FAR-RAW");
    }

    @Test
    void aRulesActivityIsThatOfItsTransfers() {
        add(
                DATASET,
                1,
                "FAR-RAW",
                ", \"activity\": \"Data Rebalancing\", \"comment\": \"\\\"activity\\\":\\\"no\\\"\"");
        while (lab.house.attendant.step() > 0) {
            // Until all that is due was attended; nothing moves meanwhile.
        }
        assertThat(lab.rows("select distinct activity from demand")).containsExactly("Data Rebalancing");
        assertThat(server.get("/requests/raw//lab/raw/run1/a.dat/FAR-RAW").body())
                .contains("\"activity\":\"Data Rebalancing\"", "\"state\":\"QUEUED\"");
    }

    @Test
    void manyRulesAreListedEachOnceWithTheirStates() {
        for (int i = 0; i < 205; i++) {
            add(DATASET, 1, "HOME-RAW" + "|HOME-RAW".repeat(i), "");
        }
        List<String> lines = server.get("/rules/?account=root").body().lines().toList();
        assertThat(lines.stream().distinct().filter(line -> line.contains("\"state\":\"OK\"")))
                .hasSize(205);
    }

    @Test
    void groupingNoneLocksFileByFileAndFollowsTheContent() {
        String id = add(DATASET, 1, "*", ", \"grouping\": \"NONE\"");
        assertThat(lab.count("select count(*) from rule_lock where dataset_id is null"))
                .isEqualTo(1);
        assertThat(server.get("/rules/" + id).body()).contains("\"state\":\"OK\"");
        append(new ContentChanged(ContentChanged.Change.DETACHED, DATASET, List.of(FILE)));
        lab.house.ruleKeeper.step();
        assertThat(lab.count("select count(*) from rule_lock")).isZero();
    }

    @Test
    void whatCannotBeIsSaidInRuciosWords() {
        refused(add409(DATASET, 9, "*"), "InsufficientTargetRSEs");
        refused(add409(DATASET, 1, "tier=nope"), "InvalidRSEExpression");
        add(DATASET, 1, "FAR-RAW", "");
        refused(add409(DATASET, 1, "FAR-RAW"), "DuplicateRule");
        HttpResponse<String> unknown =
                server.call("POST", "/rules/", body(Laboratory.id("/no/such"), 1, "FAR-RAW", ""));
        assertThat(unknown.statusCode()).isEqualTo(404);
        refused(unknown, "DataIdentifierNotFound");
        assertThat(server.get("/rules/00000000000000000000000000000000").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aLockedRuleIsNotDeletedAndADeletedOneEndsInAnHour() {
        String id = add(DATASET, 1, "FAR-RAW", "");
        option(id, "\"locked\": true");
        assertThat(server.call("DELETE", "/rules/" + id, "{}").statusCode()).isEqualTo(401);
        option(id, "\"locked\": false");
        assertThat(server.call("DELETE", "/rules/" + id, "{}").statusCode()).isEqualTo(200);
        assertThat(server.get("/rules/" + id).body()).doesNotContain("\"expires_at\":null");
        option(id, "\"lifetime\": -1");
        lab.house.ruleKeeper.step();
        assertThat(server.get("/rules/" + id).statusCode()).isEqualTo(404);
        assertThat(server.get("/rules/raw//lab/sets/one/history").body()).contains(id);
        assertThat(lab.house.auditor.audit().differences()).isEmpty();
    }

    @Test
    void anApprovalBeginsARuleAndAMoveEndsTheOldOneWhenTheNewOneIsKept() {
        String id = add(DATASET, 1, "HOME-RAW", ", \"ask_approval\": true");
        assertThat(server.get("/rules/" + id).body()).contains("\"state\":\"WAITING_APPROVAL\"");
        option(id, "\"approve\": true");
        assertThat(server.get("/rules/" + id).body()).contains("\"state\":\"OK\"");

        HttpResponse<String> moved = server.call("POST", "/rules/" + id + "/move", "{\"rse_expression\": \"FAR-RAW\"}");
        assertThat(moved.statusCode()).as(moved.body()).isEqualTo(201);
        lab.house.ruleKeeper.step();
        assertThat(server.get("/rules/" + id).statusCode()).isEqualTo(200);
        lab.rest();
        lab.house.ruleKeeper.step();
        assertThat(server.get("/rules/" + id).statusCode()).isEqualTo(404);
    }

    @Test
    void whyACopyIsWhereItIsIsSaidInWords() throws Exception {
        lab.rest();
        add(DATASET, 1, "HOME-RAW", "");
        add(DATASET, 1, "FAR-RAW", "");
        String file = server.get("/explain/raw//lab/raw/run1/a.dat").body();
        assertThat(file).contains("\"type\":\"FILE\"", "P-25", "of root holds it at HOME-RAW", "\"rse\":\"FAR-RAW\"");
        assertThat(server.get("/explain/raw//lab/sets/one").body())
                .contains("\"type\":\"COLLECTION\"", "\"not_there_yet\"", "FAR-RAW", "on their way");
        assertThat(server.get("/explain/raw//no/such").statusCode()).isEqualTo(404);
        HttpResponse<String> own = server.send(java.net.http.HttpRequest.newBuilder(java.net.URI.create(
                        "http://127.0.0.1:%d/holdfast/v1/explain/raw//lab/raw/run1/a.dat".formatted(server.port())))
                .header("X-Rucio-Auth-Token", server.token())
                .build());
        assertThat(own.body())
                .isEqualTo(server.get("/explain/raw//lab/raw/run1/a.dat").body());
    }

    @Test
    void anAccountUsesWhatItsRulesLockAndNoMoreThanItsLimit() {
        add(DATASET, 1, "FAR-RAW", "");
        assertThat(server.get("/accounts/root/usage/local").body()).contains("\"rse\":\"FAR-RAW\"", "\"files\":1");
        server.call("POST", "/accounts/jdoe", "{\"type\": \"USER\", \"email\": \"j@d\"}");
        String body = body(DATASET, 1, "FAR-RAW", "").replace("\"account\": \"root\"", "\"account\": \"jdoe\"");
        refused(server.call("POST", "/rules/", body), "InsufficientAccountLimit");
        server.call("POST", "/accounts/jdoe/limits/local/FAR-RAW", "{\"bytes\": 1000000}");
        assertThat(server.call("POST", "/rules/", body).statusCode()).isEqualTo(201);
    }

    private static void refused(HttpResponse<String> answer, String kind) {
        assertThat(answer.headers().firstValue("ExceptionClass"))
                .as(answer.body())
                .contains(kind);
    }

    private HttpResponse<String> add409(DataId of, int copies, String expression) {
        HttpResponse<String> answer = server.call("POST", "/rules/", body(of, copies, expression, ""));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
        return answer;
    }

    private String add(DataId of, int copies, String expression, String more) {
        HttpResponse<String> answer = server.call("POST", "/rules/", body(of, copies, expression, more));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.body()).matches("\\[\"[0-9a-f]{32}\"]");
        return answer.body().substring(2, 34);
    }

    private static String body(DataId of, int copies, String expression, String more) {
        return ("{\"dids\": [{\"scope\": \"%s\", \"name\": \"%s\"}], \"account\": \"root\", \"copies\": %d,"
                        + " \"rse_expression\": \"%s\"%s}")
                .formatted(of.scope(), of.name(), copies, expression, more);
    }

    private void option(String id, String option) {
        HttpResponse<String> answer = server.call("PUT", "/rules/" + id, "{\"options\": {" + option + "}}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private void make(DataId id, Kind kind) {
        append(new CollectionsChanged(
                List.of(CollectionRow.begin(id, kind, AccountName.ROOT, "{}", lab.house.clock.now()))));
    }

    private void attach(DataId parent, DataId child) {
        append(new ContentChanged(ContentChanged.Change.ATTACHED, parent, List.of(child)));
    }

    private void append(Fact fact) {
        assertThat(lab.house.journal.append(fact, ROOT)).isInstanceOf(Appended.Done.class);
    }
}
