package holdfast.spark;

import holdfast.fixity.Reconciled;
import holdfast.fixity.Reconciled.Sum;
import holdfast.formats.dump.BadRow;
import holdfast.formats.dump.DumpKind;
import holdfast.vocabulary.ByteSize;
import java.util.List;

/**
 * What one range tells the driver beside its findings. It travels among them as a line that begins with {@code #}, as no
 * finding does.
 */
sealed interface Note {
    /** Whether a line is a note and no finding. */
    static boolean isOne(String line) {
        return line.startsWith("#");
    }

    String line();

    /** Reads what {@link #line} gave. */
    static Note read(String line) {
        List<String> fields = List.of(line.split("\t", -1));
        return switch (fields.getFirst()) {
            case Counted.WORD -> Counted.read(fields);
            case Bad.WORD -> Bad.read(fields);
            default -> throw new IllegalStateException("no note: " + line);
        };
    }

    /** What was counted in the range. */
    record Counted(Reconciled counted) implements Note {
        private static final String WORD = "#counted";

        @Override
        public String line() {
            Reconciled c = counted;
            List<Object> fields = List.of(WORD, c.recorded(), c.listed(), c.same(), c.byDigest());
            List<Sum> sums = List.of(c.missing(), c.dark(), c.different());
            StringBuilder line = new StringBuilder(joined(fields));
            sums.forEach(s -> line.append('\t').append(s.files()).append('\t').append(s.bytes()));
            return line.append('\t')
                    .append(joined(List.of(c.younger(), c.withoutDuty(), c.superseded(), c.own())))
                    .toString();
        }

        private static Counted read(List<String> fields) {
            long[] n = fields.stream().skip(1).mapToLong(Long::parseLong).toArray();
            return new Counted(new Reconciled(
                    n[0], n[1], n[2], n[3], sum(n, 4), sum(n, 6), sum(n, 8), n[10], n[11], n[12], n[13]));
        }

        private static Sum sum(long[] numbers, int first) {
            return new Sum(numbers[first], new ByteSize(numbers[first + 1]));
        }
    }

    /** A row that cannot be believed; the range stopped at it. */
    record Bad(DumpKind dump, BadRow row) implements Note {
        private static final String WORD = "#bad";

        @Override
        public String line() {
            return joined(
                    List.of(WORD, dump, row.place(), row.earlier(), String.valueOf(row.getMessage()), row.hint()));
        }

        private static Bad read(List<String> fields) {
            return new Bad(
                    DumpKind.valueOf(fields.get(1)),
                    new BadRow(
                            Long.parseLong(fields.get(2)),
                            Long.parseLong(fields.get(3)),
                            fields.get(4),
                            fields.get(5)));
        }
    }

    private static String joined(List<?> fields) {
        return String.join("\t", fields.stream().map(Object::toString).toList());
    }
}
