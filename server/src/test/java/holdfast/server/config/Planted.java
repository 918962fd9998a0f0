package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.retention.Act;
import holdfast.retention.RetentionFact.ActChanged;
import holdfast.retention.RetentionFact.ActChanged.Step;
import holdfast.retention.SignedAct;
import holdfast.retention.SignedAct.Proposal;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;

/** What an existence test puts into a house: what everybody may know of, and then what some may not. */
final class Planted {
    /** A scope of no class: only the custodian knows of it. */
    static final String OF_NO_LEVEL = "h0-data";

    /** Scopes of levels 3, 4 and 5. */
    static final List<String> FOR_MEMBERS = List.of("h3-data", "h4-data", "h5-data");

    static final String OPEN = "open";
    static final String GUID = "0123456789abcdef0123456789abcdef";
    static final String SECRET_GUID = "fedcba9876543210fedcba9876543210";

    private static final Actor KEEPER = new Actor("keeper");

    private final RucioServer server;

    Planted(RucioServer server) {
        this.server = server;
    }

    /** An element that others reach, and people: a member and an outsider whom the policy lets do a lot. */
    void ground() {
        made("/rses/XROOT", "{\"deterministic\":true}");
        made(
                "/rses/XROOT/protocols/root",
                "{\"hostname\":\"se.example.org\",\"port\":1094,\"prefix\":\"//data/\",\"impl\":\"x\",\"domains\":{"
                        + "\"lan\":{\"read\":1,\"write\":1,\"delete\":1},\"wan\":{\"read\":1,\"write\":1,\"delete\":1}}}");
        made("/accounts/keeper", "{\"type\": \"USER\", \"email\": \"\"}");
    }

    /** Makes an account that the policy lets do much, and logs it in. */
    String person(String account, String type) {
        made("/accounts/" + account, "{\"type\": \"%s\", \"email\": \"\"}".formatted(type));
        made("/accounts/" + account + "/attr/production", "{\"key\": \"production\", \"value\": \"True\"}");
        made(
                "/accounts/" + account + "/identities",
                "{\"identity\": \"%s\", \"authtype\": \"USERPASS\", \"email\": \"\", \"password\": \"a-long-one-of-%s\"}"
                        .formatted(account, account));
        return server.token(account, account, "a-long-one-of-" + account);
    }

    /** What everybody may know of. */
    void open() {
        made("/scopes/root/" + OPEN, "");
        replicas(OPEN, "q-file", GUID);
        replicas(OPEN, "q-free", "");
        replicas(OPEN, "q-boxz.zip", "");
        collection(OPEN, "q-sets", "DATASET");
        collection(OPEN, "q-allc", "CONTAINER");
        put(OPEN, "q-sets", OPEN, "q-file");
        put(OPEN, "q-allc", OPEN, "q-sets");
        put(OPEN, "q-boxz.zip", OPEN, "q-file");
        rule(OPEN, "q-sets");
        act(OPEN);
    }

    /** An act on a file that waits for signatures; what its guard would say of it is not asked. */
    private void act(String scope) {
        SignedAct act = SignedAct.proposed(
                UUID.randomUUID(),
                new Act.DeclareLost(List.of(new DataId(new Scope(scope), "q-file"))),
                "burnt in " + scope,
                new Proposal(KEEPER, server.house().clock.now()));
        server.house().journal.append(new ActChanged(Step.PROPOSED, act), KEEPER);
    }

    /** Everything that a hidden scope can hold, also collections and an archive that hold what is open. */
    void hide(String scope) {
        made("/scopes/keeper/" + scope, "");
        replicas(scope, "q-file", SECRET_GUID);
        replicas(scope, "q-boxz.zip", "");
        collection(scope, "q-sets", "DATASET");
        collection(scope, "q-allc", "CONTAINER");
        put(scope, "q-sets", scope, "q-file");
        put(scope, "q-sets", OPEN, "q-file");
        put(scope, "q-sets", OPEN, "q-free");
        put(scope, "q-allc", scope, "q-sets");
        put(scope, "q-allc", OPEN, "q-sets");
        put(scope, "q-allc", OPEN, "q-allc");
        put(scope, "q-boxz.zip", OPEN, "q-free");
        made("/dids/%s/q-sets/meta".formatted(scope), "{\"meta\": {\"campaign\": \"secret\"}}");
        made("/dids/%s/q-boxz.zip/meta/note".formatted(scope), "{\"value\": \"secret\"}");
        rule(scope, "q-file");
        rule(scope, "q-sets");
        made(
                "/replicas/suspicious",
                "{\"pfns\": [\"root://se.example.org:1094//data/%s\"], \"reason\": \"secret\"}".formatted(path(scope)));
        made("/opendata/dids/%s/q-sets".formatted(scope), "");
        gone(scope);
        act(scope);
        server.call("POST", "/traces/", "{\"scope\": \"%s\", \"filename\": \"q-file\"}".formatted(scope));
    }

    /** What a dataset held once. */
    private void gone(String scope) {
        put(scope, "q-sets", scope, "q-boxz.zip");
        assertThat(server.call(
                                "DELETE",
                                "/dids/%s/q-sets/dids".formatted(scope),
                                "{\"dids\": [%s]}".formatted(id(scope, "q-boxz.zip")))
                        .statusCode())
                .isEqualTo(200);
    }

    private String path(String scope) {
        String pfns = server.get("/replicas/%s/q-file".formatted(scope)).body();
        int begin = pfns.indexOf("//data/") + "//data/".length();
        return pfns.substring(begin, pfns.indexOf('"', begin));
    }

    /** Of each kind one. */
    static final List<String> NAMES = List.of("q-file", "q-sets", "q-allc", "q-boxz.zip", "q-free");

    static String id(String scope, String name) {
        return "{\"scope\": \"%s\", \"name\": \"%s\"}".formatted(scope, name);
    }

    /** A file as it is said to lie at the element. */
    static String claim(String scope, String name, String guid) {
        return "{\"scope\":\"%s\",\"name\":\"%s\",\"bytes\":7,\"adler32\":\"00000001\",\"meta\":{%s}}"
                .formatted(scope, name, guid.isEmpty() ? "" : "\"guid\":\"" + guid + "\"");
    }

    private void replicas(String scope, String name, String guid) {
        made("/replicas/", "{\"rse\":\"XROOT\",\"files\":[%s]}".formatted(claim(scope, name, guid)));
    }

    private void collection(String scope, String name, String type) {
        made("/dids/%s/%s".formatted(scope, name), "{\"type\": \"%s\"}".formatted(type));
    }

    private void put(String scope, String name, String ofScope, String of) {
        made("/dids/%s/%s/dids".formatted(scope, name), "{\"dids\": [%s]}".formatted(id(ofScope, of)));
    }

    private void rule(String scope, String name) {
        made(
                "/rules/",
                "{\"dids\": [%s], \"account\": \"root\", \"copies\": 1, \"rse_expression\": \"XROOT\"}"
                        .formatted(id(scope, name)));
    }

    private void made(String path, String body) {
        HttpResponse<String> answer = server.call("POST", path, body);
        assertThat(answer.statusCode())
                .as(path + " " + body + " " + answer.body())
                .isEqualTo(201);
    }
}
