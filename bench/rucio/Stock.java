import java.util.ArrayList;
import java.util.List;

/**
 * What one run of the works uses on one side: a scope of its own, files registered at the source, and datasets of them.
 * Made when first asked for, outside the clock, unless a timed work has made it already.
 */
class Stock {
    private static final int CALL = 1_000;

    final Side side;
    final String scope;
    final int files;
    private boolean registered;
    private boolean attached;
    private boolean furnished;

    Stock(Side side, String scope, int files) {
        this.side = side;
        this.scope = scope;
        this.files = files;
    }

    Stock furnished() {
        if (!furnished) {
            side.post("/accounts/root/scopes/" + scope, "");
            furnished = true;
        }
        return this;
    }

    /** Names as a production writes them: some 90 characters, 1,000 in a directory. */
    String file(int i) {
        return "lab/mc/release-08-00-05/prod%08d/sub%03d/mc_generic_task%010d_%06d.mdst.root"
                .formatted(Math.abs(scope.hashCode() % 100_000_000), i / CALL, i / CALL, i);
    }

    static String escaped(String name) {
        return name.replace("/", "%2F");
    }

    List<byte[]> registrations() {
        return calls("/replicas", "{\"rse\":\"" + Side.SOURCE + "\",\"ignore_availability\":true,\"files\":[", true);
    }

    List<byte[]> attachments(String dataset) {
        return calls("/dids/" + scope + "/" + dataset + "/dids", "{\"dids\":[", false);
    }

    private List<byte[]> calls(String path, String opening, boolean facts) {
        List<byte[]> calls = new ArrayList<>();
        for (int from = 0; from < files; from += CALL) {
            StringBuilder body = new StringBuilder(opening);
            for (int i = from; i < Math.min(files, from + CALL); i++) {
                body.append(i == from ? "" : ",").append("{\"scope\":\"" + scope + "\",\"name\":\"" + file(i) + "\"");
                body.append(facts ? ",\"bytes\":" + (1_000_000 + i) + ",\"adler32\":\"%08x\"}".formatted(i) : "}");
            }
            calls.add(side.prepared("POST", path, body.append("]}").toString()));
        }
        return calls;
    }

    /** Sends calls one after the other; each must create. */
    void send(List<byte[]> calls) {
        for (byte[] call : calls) {
            side.send(call).wanted(201, side.name + " bulk call");
        }
    }

    void isRegistered() {
        registered = true;
    }

    void isAttached() {
        attached = true;
    }

    Stock registered() {
        furnished();
        if (!registered) {
            send(registrations());
            registered = true;
        }
        return this;
    }

    /** The dataset that holds all files of the run. */
    String dataset() {
        return "dataset";
    }

    Stock attached() {
        registered();
        if (!attached) {
            addDataset(dataset());
            send(attachments(dataset()));
            attached = true;
        }
        return this;
    }

    void addDataset(String name) {
        side.post("/dids/" + scope + "/" + name, "{\"type\":\"DATASET\"}");
    }

    byte[] rule(String dataset, int copies, String expression) {
        return side.prepared(
                "POST",
                "/rules/",
                "{\"dids\":[{\"scope\":\"" + scope + "\",\"name\":\"" + dataset + "\"}],\"account\":\"root\",\"copies\":"
                        + copies + ",\"rse_expression\":\"" + expression
                        + "\",\"grouping\":\"DATASET\",\"lifetime\":86400}");
    }
}
