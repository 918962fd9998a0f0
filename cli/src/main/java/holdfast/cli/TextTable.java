package holdfast.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows under headings in columns as wide as they must be; columns of numbers stand to the right. */
final class TextTable {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... headings) {
        row(headings);
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    void print(PrintWriter out) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        boolean[] right = new boolean[columns];
        for (int c = 0; c < columns; c++) {
            int column = c;
            widths[c] = rows.stream().mapToInt(r -> width(r.get(column))).max().orElse(0);
            right[c] = rows.size() > 1
                    && rows.stream().skip(1).allMatch(r -> r.get(column).matches("[0-9][0-9,.]*( %)?|-?"));
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < columns; c++) {
                String blank = " ".repeat(widths[c] - width(row.get(c)));
                line.append(c == 0 ? "" : GAP).append(right[c] ? blank + row.get(c) : row.get(c) + blank);
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
