import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One of the two servers under measurement, spoken to by the calls that Rucio's own client makes. */
final class Side implements AutoCloseable {
    static final String SOURCE = "BENCH_SRC";
    static final List<String> TARGETS = List.of("BENCH_A", "BENCH_B", "BENCH_C");

    final String name;
    final URI base;
    private final Http http;
    private final Map<String, String> headers = new HashMap<>();
    private List<Long> processes = List.of();
    private Meter last = Meter.NONE;

    Side(String name, URI base) {
        this.name = name;
        this.base = base;
        this.http = new Http(base);
    }

    /** Takes a token for account root by user name and password. */
    Side login(String user, String password) {
        Http.Answer answer = http.send(Http.request(
                        "GET",
                        base,
                        "/auth/userpass",
                        Map.of("X-Rucio-Account", "root", "X-Rucio-Username", user, "X-Rucio-Password", password),
                        ""))
                .wanted(200, name + " login");
        headers.put("X-Rucio-Auth-Token", answer.headers().get("x-rucio-auth-token"));
        return this;
    }

    /** The first processes of this server and of the database it works on. */
    void processes(List<Long> processes) {
        this.processes = processes;
    }

    /** Starts to measure time and the processors' work; the last one started is what a work is judged by. */
    Meter meter() {
        last = new Meter(processes);
        return last;
    }

    OptionalDouble cpuMillis() {
        OptionalDouble millis = last.cpuMillis();
        last = Meter.NONE;
        return millis;
    }

    byte[] prepared(String method, String path, String body) {
        return Http.request(method, base, path, headers, body);
    }

    Http.Answer send(byte[] request) {
        return http.send(request);
    }

    Http.Answer post(String path, String body) {
        return send(prepared("POST", path, body)).wanted(201, name + " POST " + path);
    }

    Http.Answer get(String path) {
        return send(prepared("GET", path, "")).wanted(200, name + " GET " + path);
    }

    Http connection() {
        return new Http(base);
    }

    /** Makes the four storage elements, their protocols and distances, and root's limits; what is there stays. */
    void furnish() {
        for (String rse : List.of(SOURCE, TARGETS.get(0), TARGETS.get(1), TARGETS.get(2))) {
            unlessThere("/rses/" + rse, "{\"availability\":7,\"deterministic\":true}");
            unlessThere("/rses/" + rse + "/attr/tier", "{\"value\":\"" + (rse.equals(SOURCE) ? 1 : 2) + "\"}");
            unlessThere("/rses/" + rse + "/protocols/root", protocol(rse));
            unlessThere("/accounts/root/limits/local/" + rse, "{\"bytes\":1000000000000000000}");
        }
        for (String rse : TARGETS) {
            unlessThere("/rses/" + SOURCE + "/distances/" + rse, "{\"distance\":1}");
        }
    }

    private static String protocol(String rse) {
        return "{\"hostname\":\"" + rse.toLowerCase().replace('_', '-') + ".example.org\",\"scheme\":\"root\",\"port\":1094,"
                + "\"prefix\":\"//data/rucio/\",\"impl\":\"rucio.rse.protocols.xrootd.Default\",\"domains\":{"
                + "\"lan\":{\"read\":1,\"write\":1,\"delete\":1},\"wan\":{\"read\":1,\"write\":1,\"delete\":1,"
                + "\"third_party_copy_read\":1,\"third_party_copy_write\":1}},\"extended_attributes\":null}";
    }

    private void unlessThere(String path, String body) {
        Http.Answer answer = send(prepared("POST", path, body));
        if (answer.status() != 409) {
            answer.wanted(201, name + " POST " + path);
        }
    }

    /** A number that stands behind a name in a JSON text. */
    static long number(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\": *(\\d+)").matcher(json);
        if (!found.find()) {
            throw new IllegalStateException("no " + name + " in " + json);
        }
        return Long.parseLong(found.group(1));
    }

    @Override
    public void close() {
        http.close();
    }
}
