package holdfast.server.config;

import static holdfast.server.config.Planted.claim;
import static holdfast.server.config.Planted.id;

import holdfast.server.config.Crawl.Ask;
import holdfast.storage.PathAlgorithm;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.util.ArrayList;
import java.util.List;

/** What could tell, by its answer, that a name or a scope is taken: changes that are refused, and reads that are sent as a body. */
final class Writes {
    private final String scope;
    private final String name;
    private final List<Ask> asks = new ArrayList<>();

    private Writes(String scope, String name) {
        this.scope = scope;
        this.name = name;
    }

    /** All that can be asked about one name. */
    static List<Ask> about(String scope, String name) {
        Writes writes = new Writes(scope, name);
        writes.names();
        writes.content();
        writes.copies();
        writes.others();
        writes.reads();
        return writes.asks;
    }

    private void ask(String method, String path, String body) {
        asks.add(new Ask(method, "/rucio" + path, body));
    }

    private void names() {
        String at = "/dids/" + scope + "/" + name;
        ask("POST", at, "{\"type\": \"DATASET\"}");
        ask("POST", at, "{\"type\": \"CONTAINER\"}");
        ask("POST", "/dids", "[{\"scope\": \"%s\", \"name\": \"%s\", \"type\": \"DATASET\"}]".formatted(scope, name));
        ask("POST", at + "/meta", "{\"meta\": {\"campaign\": \"x\"}}");
        ask("POST", at + "/meta/campaign", "{\"value\": \"x\"}");
        ask("DELETE", at + "/meta?key=campaign", "");
        ask(
                "POST",
                "/dids/bulkdidsmeta",
                "{\"dids\": [{\"scope\": \"%s\", \"name\": \"%s\", \"meta\": {\"campaign\": \"x\"}}]}"
                        .formatted(scope, name));
        ask("PUT", at + "/status", "{\"open\": false}");
        ask("PUT", at + "/status", "{\"open\": true}");
        ask("POST", "/dids/resurrect", "[" + id(scope, name) + "]");
    }

    private void content() {
        String at = "/dids/" + scope + "/" + name + "/dids";
        ask("POST", at, "{\"dids\": [" + id(Planted.OPEN, "q-file") + "]}");
        ask("DELETE", at, "{\"dids\": [" + id(Planted.OPEN, "q-file") + "]}");
        for (String holder : List.of("q-sets", "q-allc", "q-boxz.zip")) {
            String open = "/dids/" + Planted.OPEN + "/" + holder + "/dids";
            ask("POST", open, "{\"dids\": [" + id(scope, name) + "]}");
            ask("DELETE", open, "{\"dids\": [" + id(scope, name) + "]}");
        }
        ask(
                "POST",
                "/dids/attachments",
                "[{\"scope\": \"%s\", \"name\": \"%s\", \"dids\": [%s]}]"
                        .formatted(scope, name, id(Planted.OPEN, "q-file")));
        ask("POST", "/dids/%s/%s/%s/more/1/sample".formatted(scope, name, Planted.OPEN), "");
        ask("POST", "/dids/%s/q-sets/%s/%s/1/sample".formatted(Planted.OPEN, scope, name), "");
    }

    private void copies() {
        String one = "{\"rse\": \"XROOT\", \"files\": [%s]}";
        ask("POST", "/replicas/", one.formatted(claim(scope, name, "")));
        ask(
                "PUT",
                "/replicas/",
                one.formatted("{\"scope\": \"%s\", \"name\": \"%s\", \"state\": \"U\"}".formatted(scope, name)));
        ask(
                "PUT",
                "/replicas/",
                one.formatted("{\"scope\": \"%s\", \"name\": \"%s\", \"state\": \"A\"}".formatted(scope, name)));
        ask("POST", "/replicas/bad/dids", "{\"rse\": \"XROOT\", \"dids\": [" + id(scope, name) + "]}");
        ask(
                "POST",
                "/replicas/tombstone",
                "{\"replicas\": [{\"scope\": \"%s\", \"name\": \"%s\", \"rse\": \"XROOT\"}]}".formatted(scope, name));
        addresses();
        ask(
                "POST",
                "/dirac/addfiles",
                "{\"lfns\": [{\"lfn\": \"/lab/%s/%s\", \"rse\": \"XROOT\", \"bytes\": 7, \"adler32\": \"00000001\"}]}"
                        .formatted(scope, name));
    }

    private void addresses() {
        String pfns = "[\"root://se.example.org:1094//data/%s\"]"
                .formatted(PathAlgorithm.HASH.path(new DataId(new Scope(scope), name)));
        ask("POST", "/replicas/dids", "{\"rse\": \"XROOT\", \"pfns\": %s}".formatted(pfns));
        ask("POST", "/replicas/suspicious", "{\"pfns\": %s}".formatted(pfns));
        ask("POST", "/replicas/bad", "{\"pfns\": %s}".formatted(pfns));
        ask("POST", "/replicas/bad/pfns", "{\"pfns\": %s, \"state\": \"SUSPICIOUS\"}".formatted(pfns));
    }

    private void others() {
        ask("POST", "/scopes/root/" + scope, "");
        ask("PUT", "/scopes/root/" + scope, "");
        ask("POST", "/accounts/root/scopes/" + scope, "");
        ask(
                "POST",
                "/rules/",
                "{\"dids\": [%s], \"account\": \"root\", \"copies\": 1, \"rse_expression\": \"XROOT\"}"
                        .formatted(id(scope, name)));
        ask(
                "POST",
                "/lifetime_exceptions/",
                "{\"dids\": [%s], \"pattern\": \"\", \"comments\": \"x\", \"expires_at\": null}"
                        .formatted(id(scope, name)));
        ask("POST", "/opendata/dids/" + scope + "/" + name, "");
        ask("PUT", "/opendata/dids/" + scope + "/" + name, "{\"state\": \"PUBLIC\"}");
        ask("DELETE", "/opendata/dids/" + scope + "/" + name, "");
        ask("POST", "/traces/", "{\"scope\": \"%s\", \"filename\": \"%s\"}".formatted(scope, name));
    }

    private void reads() {
        String both = "{\"dids\": [" + id(scope, name) + ", " + id(Planted.OPEN, "q-file") + "]%s}";
        ask("POST", "/dids/bulkmeta", both.formatted(", \"inherit\": true"));
        ask("POST", "/dids/bulkfiles", both.formatted(""));
        ask("POST", "/replicas/list", both.formatted(", \"resolve_parents\": true, \"all_states\": true"));
        ask("POST", "/replicas/datasets_bulk", both.formatted(""));
        ask("POST", "/locks/bulk_locks_for_dids", both.formatted(""));
    }
}
