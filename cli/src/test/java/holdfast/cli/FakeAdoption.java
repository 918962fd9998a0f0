package holdfast.cli;

import holdfast.formats.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The taking over as the server does it, by hand: keeps what it is sent, counts what it knew, refuses other bytes. */
final class FakeAdoption {
    private static final String ROOT = "/holdfast/v1/adoption/";

    final Map<String, Map<String, Object>> files = new ConcurrentHashMap<>();
    final Map<String, Object> collections = new ConcurrentHashMap<>();
    final Map<String, Object> contents = new ConcurrentHashMap<>();
    final Map<String, Object> rules = new ConcurrentHashMap<>();
    final Map<String, Object> locks = new ConcurrentHashMap<>();
    final Map<String, Object> owners = new TreeMap<>();
    final Map<String, Object> elements = new TreeMap<>();
    final List<Integer> portions = java.util.Collections.synchronizedList(new ArrayList<>());
    /** A scope that is managed here already. */
    volatile String managed = "";

    FakeAdoption(FakeServer server) {
        server.route("POST " + ROOT + "scopes", x -> scopes(body(FakeServer.body(x))));
        server.route("POST " + ROOT + "files", x -> files(body(FakeServer.body(x))));
        server.route("POST " + ROOT + "collections", x -> kept(body(FakeServer.body(x)), "collections", collections));
        server.route("POST " + ROOT + "contents", x -> contents(body(FakeServer.body(x))));
        server.route("POST " + ROOT + "rules", x -> kept(body(FakeServer.body(x)), "rules", rules));
        server.route("POST " + ROOT + "locks", x -> kept(body(FakeServer.body(x)), "locks", locks));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> body(String text) {
        return Json.read(text, Map.class);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> body, String key) {
        return (List<Map<String, Object>>) body.get(key);
    }

    private synchronized String scopes(Map<String, Object> body) {
        List<Map<String, Object>> refused = new ArrayList<>();
        for (Map<String, Object> scope : list(body, "scopes")) {
            owners.put((String) scope.get("name"), scope.get("owner"));
            if (managed.equals(scope.get("name"))) {
                refused.add(Map.of("what", "scope", "name", managed, "reason", "it is managed and holds files"));
            }
        }
        list(body, "rses").forEach(e -> elements.put((String) e.get("name"), e));
        return Json.write(Map.of("accounts", Map.of("added", 1, "known", 0), "refused", refused));
    }

    private synchronized String files(Map<String, Object> body) {
        List<Map<String, Object>> sent = list(body, "files");
        portions.add(sent.size());
        long fresh = 0;
        long copies = 0;
        long knownCopies = 0;
        List<Map<String, Object>> conflicts = new ArrayList<>();
        for (Map<String, Object> file : sent) {
            Map<String, Object> before = files.putIfAbsent(file.get("scope") + ":" + file.get("name"), file);
            long own = list(file, "copies").size();
            if (before == null) {
                fresh++;
                copies += own;
            } else if (before.get("bytes").equals(file.get("bytes"))) {
                knownCopies += own;
            } else {
                conflicts.add(Map.of(
                        "scope",
                        file.get("scope"),
                        "name",
                        file.get("name"),
                        "what",
                        "other bytes",
                        "here",
                        before.get("bytes") + " bytes",
                        "there",
                        file.get("bytes") + " bytes"));
            }
        }
        return Json.write(Map.of(
                "files",
                Map.of("registered", fresh, "known", sent.size() - fresh - conflicts.size()),
                "copies",
                Map.of("registered", copies, "known", knownCopies, "left", 0),
                "conflicts",
                conflicts));
    }

    private synchronized String contents(Map<String, Object> body) {
        long fresh = 0;
        long known = 0;
        int children = 0;
        for (Map<String, Object> one : list(body, "contents")) {
            for (Map<String, Object> child : list(one, "children")) {
                children++;
                Object before = contents.putIfAbsent(one.get("name") + " holds " + child.get("name"), child);
                fresh += before == null ? 1 : 0;
                known += before == null ? 0 : 1;
            }
        }
        if (children > 1_000) {
            throw new FakeServer.Refusal(400, "{\"error\":\"X\",\"message\":\"too many children\"}");
        }
        return Json.write(Map.of("contents", Map.of("attached", fresh, "known", known), "conflicts", List.of()));
    }

    private synchronized String kept(Map<String, Object> body, String what, Map<String, Object> to) {
        long fresh = 0;
        List<Map<String, Object>> sent = list(body, what);
        for (Map<String, Object> one : sent) {
            String key = one.get("rule") + " " + one.get("id") + " " + one.get("scope") + ":" + one.get("name") + " "
                    + one.get("rse");
            fresh += to.putIfAbsent(key, one) == null ? 1 : 0;
        }
        return Json.write(
                Map.of(what, Map.of("registered", fresh, "known", sent.size() - fresh), "conflicts", List.of()));
    }
}
