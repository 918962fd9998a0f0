package holdfast.server.api.rucio.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Every endpoint of the field's server, from the table {@code rucio/endpoints.tsv} among the resources. */
final class Endpoints {
    private static final String TABLE = "/rucio/endpoints.tsv";

    private Endpoints() {}

    static List<Endpoint> all() {
        try (@Nullable InputStream table = Endpoints.class.getResourceAsStream(TABLE)) {
            if (table == null) {
                throw new IllegalStateException(TABLE + " is not among the resources");
            }
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Endpoints::row)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Endpoint row(String line) {
        String[] cell = line.split("\t", -1);
        return new Endpoint(
                Verb.valueOf(cell[0]),
                Template.of(cell[1]),
                cell[2].equals("open"),
                Endpoint.BodyKind.valueOf(cell[3].toUpperCase(Locale.ROOT)),
                cell[4].equals("any") ? List.of() : words(cell[4]),
                cell[5].equals("-") ? List.of() : words(cell[5]));
    }

    private static List<String> words(String cell) {
        return Arrays.stream(cell.split(",", -1)).map(String::strip).toList();
    }
}
