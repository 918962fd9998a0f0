package holdfast.server.routes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** The table of routes, as the file {@code holdfast/routes.tsv} states it: data, so that it can be read and compared. */
public final class RouteTable {
    private static final String TABLE = "/holdfast/routes.tsv";
    private static final int COLUMNS = 4;
    private static final String ANY = "*";

    private final List<Row> rows;

    /**
     * One row.
     *
     * @param method of HTTP, or {@code *}
     */
    public record Row(String method, PathPattern path, Who who, String why) {
        boolean matches(String asked, PathContainer at) {
            return (method.equals(ANY) || method.equals(asked)) && path.matches(at);
        }
    }

    private RouteTable(List<Row> rows) {
        this.rows = rows;
    }

    /** Reads the table that this build carries. */
    public static RouteTable ours() {
        try (@Nullable InputStream table = RouteTable.class.getResourceAsStream(TABLE)) {
            if (table == null) {
                throw new IllegalStateException("the table " + TABLE + " is missing from this build");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8));
            return new RouteTable(lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(RouteTable::row)
                    .sorted(Comparator.comparing(Row::path, PathPattern.SPECIFICITY_COMPARATOR))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String line) {
        String[] cells = line.split("\t", -1);
        if (cells.length != COLUMNS) {
            throw new IllegalStateException(TABLE + " has " + COLUMNS + " columns; this line has not: " + line);
        }
        return new Row(cells[0], PathPatternParser.defaultInstance.parse(cells[1]), Who.of(cells[2]), cells[3]);
    }

    public List<Row> rows() {
        return rows;
    }

    /** The row of a request; the most specific path counts, and HEAD is as GET. Empty for what is nobody's. */
    public Optional<Who> who(String method, String path) {
        String asked = method.equals("HEAD") ? "GET" : method;
        PathContainer at = PathContainer.parsePath(path);
        return rows.stream().filter(row -> row.matches(asked, at)).map(Row::who).findFirst();
    }
}
