package holdfast.server.config;

import holdfast.server.routes.RouteTable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a server everything that somebody can ask of some names, and keeps each answer whole but for its date. */
final class Crawl {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    private static final Map<String, List<String>> VALUES = Map.ofEntries(
            Map.entry("account", List.of("root", "keeper", "nobody")),
            Map.entry("rse", List.of("XROOT", "HOME-RAW", "NONE")),
            Map.entry("source", List.of("XROOT")),
            Map.entry("destination", List.of("HOME-RAW")),
            Map.entry("rse_expression", List.of("XROOT")),
            Map.entry("scheme", List.of("root")),
            Map.entry("section", List.of("dirac")),
            Map.entry("option", List.of("lifetime")),
            Map.entry("key", List.of("guid")),
            Map.entry("clause", List.of("P-25", "P-21", "P-99")),
            Map.entry("element", List.of("HOME-RAW", "NONE")),
            Map.entry("id", List.of("00000000-0000-0000-0000-000000000000")),
            Map.entry("guid", List.of(Planted.GUID, Planted.SECRET_GUID)),
            Map.entry("type", List.of("userpass")),
            Map.entry("identity_key", List.of("root")),
            Map.entry("name", List.of("q-sets")),
            Map.entry("rule_id", List.of("0".repeat(32))),
            Map.entry("exception_id", List.of("0".repeat(32))),
            Map.entry("subscription_id", List.of("0".repeat(32))));

    /** What else an address may ask for, behind some templates. */
    private static final Map<String, List<String>> MORE = Map.of(
            "/dids/{scope}/dids/search",
                    List.of("?type=all", "?type=all&long=1", "?type=collection&recursive=1", "?type=file&name=q-f*"),
            "/dids/{scope}/", List.of("", "?recursive=1", "?name=q-allc&recursive=1", "?name=q-sets"),
            "/dids/{scope}/{name}", List.of("", "?dynamic_depth=FILE"),
            "/dids/{scope}/{name}/files", List.of("", "?long=1"),
            "/dids/{scope}/{name}/meta", List.of("", "?plugin=ALL"),
            "/opendata/public/dids/{scope}/{name}", List.of("", "?files=1&meta=1"));

    /** What routes of the house's own ask for besides. */
    private static final Map<String, List<String>> OWN = Map.of(
            "/api/files", List.of(""),
            "/api/verdicts", List.of("", "?named=0", "?named=1000"),
            "/api/verdicts/{clause}/failing", List.of("?limit=1", "?limit=1000", "?after=h"),
            "/api/dumps/{element}/catalogue", List.of(""),
            "/api/cartridges", List.of("?element=HOME-RAW&label=A"),
            "/api/shift", List.of("?since=2026-01-01T00:00:00Z"),
            "/api/ingest/release-list", List.of("?source=detector"));

    private final String base;
    private final String token;

    /** @param token empty for somebody who shows none */
    Crawl(RucioServer server, String token) {
        this.base = "http://127.0.0.1:" + server.port();
        this.token = token;
    }

    /** One request. */
    record Ask(String method, String path, String body) {
        @Override
        public String toString() {
            return method + " " + path + (body.isEmpty() ? "" : " " + body);
        }
    }

    /** Every address of Rucio's interface that reads, for each of some names, {@code scope/name}. */
    static List<Ask> reads(List<String> names) throws IOException {
        List<Ask> asks = new ArrayList<>();
        for (String template : templates()) {
            for (String more : MORE.getOrDefault(template, List.of(""))) {
                for (String path : paths(template, names)) {
                    asks.add(new Ask("GET", "/rucio" + path + more, ""));
                }
            }
        }
        for (String name : names) {
            asks.add(new Ask("HEAD", "/rucio/dids/" + name, ""));
            asks.add(new Ask("HEAD", "/rucio/replicas/" + name, ""));
            asks.add(new Ask("GET", "/rucio/rses/XROOT/lfns2pfns?lfn=" + name.replace('/', ':'), ""));
            asks.add(new Ask("GET", "/holdfast/v1/explain/" + name, ""));
            asks.add(new Ask("GET", "/holdfast/v1/files/" + name + "/sources", ""));
            asks.add(new Ask("GET", "/holdfast/v1/files/" + name + "/bytes", ""));
            asks.add(new Ask("HEAD", "/holdfast/v1/files/" + name + "/bytes", ""));
        }
        return asks;
    }

    /** Every route of the house's own interface and every page that reads, and one that is not there; a file by its name besides. */
    static List<Ask> own(List<String> names) {
        List<Ask> asks = new ArrayList<>();
        for (RouteTable.Row row : RouteTable.ours().rows()) {
            String template = row.path().getPatternString().replace("/**", "/nowhere");
            if (Set.of("GET", "*").contains(row.method())) {
                for (String path : paths(template, names)) {
                    for (String more : OWN.getOrDefault(template, List.of(""))) {
                        asks.add(new Ask("GET", path + more, ""));
                        asks.add(new Ask("HEAD", path + more, ""));
                    }
                }
            }
        }
        for (String name : names) {
            asks.add(new Ask("GET", "/api/files?did=" + name.replace('/', ':'), ""));
            asks.add(new Ask("HEAD", "/api/files?did=" + name.replace('/', ':'), ""));
        }
        return asks;
    }

    private static List<String> templates() throws IOException {
        try (InputStream table = Crawl.class.getResourceAsStream("/rucio/endpoints.tsv")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("GET\t"))
                    .map(line -> line.split("\t", -1)[1])
                    .toList();
        }
    }

    /** All that a template stands for. */
    private static List<String> paths(String template, List<String> names) {
        if (template.contains("{scope}/{name}")) {
            return names.stream()
                    .flatMap(name -> paths(template.replace("{scope}/{name}", name), names).stream())
                    .toList();
        }
        Matcher first = VARIABLE.matcher(template);
        if (!first.find()) {
            return List.of(template);
        }
        List<String> values = first.group(1).equals("scope")
                ? names.stream()
                        .map(name -> name.substring(0, name.indexOf('/')))
                        .distinct()
                        .toList()
                : VALUES.getOrDefault(first.group(1), List.of("1"));
        return values.stream()
                .flatMap(value -> paths(template.replace(first.group(), value), names).stream())
                .toList();
    }

    /** Each answer by what was asked. */
    Map<String, String> answers(List<Ask> asks) throws Exception {
        Map<String, String> answers = new LinkedHashMap<>();
        for (Ask ask : asks) {
            answers.put(ask.toString(), answer(ask));
        }
        return answers;
    }

    /** Status, headers but the date, and body. */
    String answer(Ask ask) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + ask.path))
                .method(ask.method, ask.body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(ask.body))
                .header("Accept", "*/*");
        if (!token.isEmpty()) {
            // The one is read below Rucio's mount, the other everywhere else.
            request.header("X-Rucio-Auth-Token", token).header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> answer = CLIENT.send(request.build(), BodyHandlers.ofString());
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        // How many requests a connection still takes hangs on what came over it before.
        headers.keySet().removeAll(Set.of("date", "connection", "keep-alive"));
        return answer.statusCode() + "\n" + headers + "\n" + answer.body();
    }
}
