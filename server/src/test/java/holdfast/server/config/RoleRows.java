package holdfast.server.config;

import holdfast.server.routes.RouteTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code lab/roles.tsv}: who is answered how, by level, state, interface and action. */
final class RoleRows {
    static final List<String> ROLES = List.of(
            "anonymous",
            "member",
            "author",
            "reviewer",
            "production",
            "site administrator",
            "administrator",
            "service",
            "former");

    /** The scope of each level; what has none is at the end. */
    static final Map<String, String> SCOPES = new LinkedHashMap<>();

    static {
        SCOPES.put("1", "open");
        SCOPES.put("2", "notes");
        SCOPES.put("3", "drafts");
        SCOPES.put("4", "raw");
        SCOPES.put("5", "reviews");
        SCOPES.put("none", "gap");
    }

    private static final String RULE =
            "{\"dids\": [%s], \"account\": \"%s\", \"copies\": 1, \"rse_expression\": \"HOME-RAW\"}";

    private RoleRows() {}

    /** One request. */
    record Ask(String method, String path, String body) {}

    /**
     * A line of the table.
     *
     * @param level or the site that it is about
     * @param cells the answers, in the order of the roles
     */
    record Row(String level, String state, String door, String action, List<String> cells) {
        String what() {
            return String.join("\t", level, state, door, action);
        }

        boolean lists() {
            return action.equals("search");
        }

        Ask ask(String role) {
            return door.equals("Rucio") ? rucio(role) : own();
        }

        private String name() {
            return switch (state) {
                case "open" -> "/set";
                case "closed" -> "/closed";
                case "a file" -> "/file";
                default -> "/absent";
            };
        }

        private Ask rucio(String role) {
            String scope = SCOPES.getOrDefault(level, "");
            String at = "/rucio/dids/" + scope + "/" + name().replace("/", "%2F");
            return switch (action) {
                case "know" -> new Ask("GET", at, "");
                case "metadata" -> new Ask("GET", at + "/meta", "");
                case "copies" -> new Ask("GET", at.replace("/dids/", "/replicas/"), "");
                case "search" -> new Ask("GET", "/rucio/dids/" + scope + "/dids/search?type=all", "");
                case "add" ->
                    new Ask("POST", "/rucio/dids/" + scope + "/%2Fof-" + account(role), "{\"type\": \"DATASET\"}");
                case "describe" -> new Ask("POST", at + "/meta", "{\"meta\": {\"campaign\": \"x\"}}");
                case "attach" ->
                    new Ask("POST", at + "/dids", "{\"dids\": [" + Planted.id("open", "/part-" + account(role)) + "]}");
                case "take the name" -> new Ask("POST", at, "{\"type\": \"DATASET\"}");
                case "make a rule" ->
                    new Ask("POST", "/rucio/rules/", RULE.formatted(Planted.id(scope, name()), account(role)));
                case "limit an element" ->
                    new Ask(
                            "PUT",
                            "/rucio/rses/" + element() + "/limits",
                            "{\"name\": \"MinFreeSpace\", \"value\": 1}");
                case "add an element" ->
                    new Ask("POST", "/rucio/rses/OF-" + account(role).toUpperCase(java.util.Locale.ROOT), "{}");
                default -> throw new IllegalArgumentException(action);
            };
        }

        private Ask own() {
            String scope = SCOPES.getOrDefault(level, "");
            String at = scope + name();
            return switch (action) {
                case "bytes" ->
                    new Ask("GET", "/holdfast/v1/files/" + scope + "/" + name().replace("/", "%2F") + "/bytes", "");
                case "explain" ->
                    new Ask("GET", "/holdfast/v1/explain/" + scope + "/" + name().replace("/", "%2F"), "");
                case "report" -> new Ask("GET", "/api/files?did=" + scope + ":" + name(), "");
                case "declare a downtime" ->
                    new Ask(
                            "POST",
                            "/api/downtimes?dryRun=true",
                            "{\"site\": \"%s\", \"from\": \"2030-01-01T00:00:00Z\", \"until\": \"2030-01-02T00:00:00Z\", \"reason\": \"pumps\"}"
                                    .formatted(level));
                case "scrub" -> new Ask("POST", "/api/scrubs", "{\"element\": \"%s\"}".formatted(element()));
                case "knock" -> new Ask("POST", "/api/probes", "{\"element\": \"%s\"}".formatted(element()));
                case "look at a cartridge" -> new Ask("GET", "/api/cartridges?label=A&element=" + element(), "");
                default -> throw new IllegalArgumentException(action + at);
            };
        }

        private String element() {
            return level.substring("site ".length() * (level.startsWith("site ") ? 1 : 0))
                            .toUpperCase(java.util.Locale.ROOT)
                    + "-RAW";
        }
    }

    static String account(String role) {
        return switch (role) {
            case "production" -> "producer";
            case "site administrator" -> "near";
            case "administrator" -> "admin";
            case "service" -> "robot";
            default -> role;
        };
    }

    /** A route of our own with arguments that name nothing. */
    static Ask ofRoute(RouteTable.Row row) {
        String path = row.path()
                .getPatternString()
                .replace("/**", "/nowhere")
                .replace("{clause}", "P-25")
                .replaceAll("\\{[a-z]+}", "00000000-0000-0000-0000-000000000000");
        String method = row.method().equals("*") ? "GET" : row.method();
        return new Ask(
                method,
                path + (path.endsWith("/api/files") ? "?did=raw:/nothing" : ""),
                method.equals("POST") ? "{}" : "");
    }

    static List<Row> all() throws IOException {
        try (InputStream table = RoleRows.class.getResourceAsStream("/lab/roles.tsv")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new Row(
                            cells[0],
                            cells[1],
                            cells[2],
                            cells[3],
                            Arrays.asList(cells).subList(4, cells.length)))
                    .toList();
        }
    }
}
