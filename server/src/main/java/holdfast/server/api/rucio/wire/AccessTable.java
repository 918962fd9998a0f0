package holdfast.server.api.rucio.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who may call which endpoint, from the table {@code rucio/access.tsv} among the resources. */
final class AccessTable {
    private static final String TABLE = "/rucio/access.tsv";
    private static final int COLUMNS = 4;

    private AccessTable() {}

    /** The rows by the keys of their endpoints; fails where a line is no row, or two are of one endpoint. */
    static Map<String, Access> read() {
        try (@Nullable InputStream table = AccessTable.class.getResourceAsStream(TABLE)) {
            if (table == null) {
                throw new IllegalStateException(TABLE + " is not among the resources");
            }
            return rows(new String(table.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same of this text. */
    static Map<String, Access> rows(String text) {
        Map<String, Access> rows = new LinkedHashMap<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            String[] cell = line.split("\t", -1);
            if (cell.length != COLUMNS || cell[COLUMNS - 1].isBlank()) {
                throw new IllegalStateException(TABLE + " has four columns; this line has not: " + line);
            }
            String key = Verb.valueOf(cell[0]) + " " + Template.of(cell[1]);
            Access row = new Access(Who.valueOf(cell[2].toUpperCase(Locale.ROOT)), cell[3]);
            if (rows.put(key, row) != null) {
                throw new IllegalStateException(TABLE + " has two rows for " + key + "; keep one");
            }
        });
        return rows;
    }

    /**
     * Fails unless each endpoint has its row and each row its endpoint, and the same ones need no token: what has no row is
     * nobody's, and the server does not start.
     */
    static void check(Map<String, Access> rows, List<Endpoint> endpoints) {
        Set<String> beside = new TreeSet<>(rows.keySet());
        for (Endpoint endpoint : endpoints) {
            Access row = rows.get(endpoint.key());
            if (row == null) {
                throw new IllegalStateException(TABLE + " has no row for " + endpoint.key() + "; say who may call it");
            }
            if (endpoint.open() != (row.who() == Who.ANYBODY)) {
                throw new IllegalStateException(
                        TABLE + " and endpoints.tsv differ in whether " + endpoint.key() + " needs a token");
            }
            beside.remove(endpoint.key());
        }
        if (!beside.isEmpty()) {
            throw new IllegalStateException(TABLE + " has rows without an endpoint: " + beside);
        }
    }
}
