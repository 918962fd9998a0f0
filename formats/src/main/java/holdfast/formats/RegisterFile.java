package holdfast.formats;

import holdfast.ingest.NamingPolicy;
import holdfast.ingest.NamingPolicy.Named;
import holdfast.ingest.Register;
import holdfast.ingest.Register.Expected;
import holdfast.ingest.Register.RunKey;
import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the outside register of runs and files (docs/reference/register-file.md). Completeness is judged against it, so a
 * register with anything wrong in it is refused whole.
 */
public final class RegisterFile {
    /** The columns, in the order in which they are best written; any order is read. */
    static final List<String> COLUMNS = List.of("experiment", "run", "type", "closed", "file", "bytes", "events");

    private static final Pattern REMARK = Pattern.compile("# *(holdfast-register|source|as-of): *(.*)");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    private final NamingPolicy policy;
    private final Predicate<Scope> known;
    private final Findings findings;
    private final Map<String, Item.Word> remarks = new HashMap<>();
    private final Map<RunKey, Begun> runs = new LinkedHashMap<>();
    private final Set<DataId> seen = new HashSet<>();
    private List<String> columns = List.of();

    private RegisterFile(NamingPolicy policy, Predicate<Scope> known, Findings findings) {
        this.policy = policy;
        this.known = known;
        this.findings = findings;
    }

    /** A run as its rows are read. */
    private record Begun(String type, Optional<Instant> closed, List<Expected> files) {}

    /**
     * Reads a register.
     *
     * @param text the whole file
     * @param fileName how findings call the file
     * @param policy turns names into identifiers, and refuses those that could never come in
     * @param known which scopes exist
     */
    public static Result<Register> read(String text, String fileName, NamingPolicy policy, Predicate<Scope> known) {
        Findings findings = new Findings(fileName);
        RegisterFile file = new RegisterFile(policy, known, findings);
        int number = 0;
        for (String line : text.split("\r?\n", -1)) {
            file.line(++number, line);
        }
        Optional<Register> register = file.register();
        return findings.result(register::orElseThrow);
    }

    private Optional<Register> register() {
        Spot start = new Spot(1, 1);
        if (columns.isEmpty()) {
            findings.add(start, "the register has no line of column names", "write " + String.join(",", COLUMNS));
        }
        for (String remark : List.of("holdfast-register", "source", "as-of")) {
            if (!remarks.containsKey(remark)) {
                findings.add(start, "the register lacks its '" + remark + "'", "add a line '# " + remark + ": ...'");
            }
        }
        Optional<Instant> asOf = Optional.ofNullable(remarks.get("as-of")).flatMap(w -> instant(w.spot(), w.text()));
        Optional<String> source = Optional.ofNullable(remarks.get("source")).map(Item.Word::text);
        return source.flatMap(s -> asOf.map(at -> new Register(
                s,
                at,
                runs.entrySet().stream()
                        .map(e -> new Register.Run(
                                e.getKey(),
                                e.getValue().type(),
                                e.getValue().closed(),
                                e.getValue().files()))
                        .toList())));
    }

    private void line(int number, String line) {
        Spot at = new Spot(number, 1);
        if (line.isBlank()) {
            return;
        }
        if (line.startsWith("#")) {
            Matcher remark = REMARK.matcher(line);
            if (remark.matches()) {
                remark(at, remark.group(1), remark.group(2).strip());
            }
            return;
        }
        Optional<List<String>> values = CsvLine.split(line);
        if (values.isEmpty()) {
            findings.add(at, "a quote is not closed, or text follows it", "double a quote that is part of a value");
        } else if (columns.isEmpty()) {
            columns(at, values.get());
        } else if (values.get().size() != columns.size()) {
            findings.add(at, "the line has " + values.get().size() + " values for " + columns.size() + " columns", "");
        } else {
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                row.put(columns.get(i), values.get().get(i));
            }
            row(at, row);
        }
    }

    private void remark(Spot at, String name, String text) {
        if (name.equals("holdfast-register") && !text.equals("1")) {
            findings.add(at, "version '" + text + "' of the register's form is not known", "known: 1");
        }
        if (text.isEmpty()) {
            findings.add(at, "'" + name + "' says nothing", "");
        }
        remarks.put(name, new Item.Word(at, text, true));
    }

    private void columns(Spot at, List<String> names) {
        columns = List.copyOf(names);
        names.stream().filter(n -> !COLUMNS.contains(n)).forEach(n -> findings.unknown(at, "column", n, COLUMNS));
        COLUMNS.stream()
                .filter(c -> !names.contains(c))
                .forEach(c -> findings.add(at, "the column '" + c + "' is missing", "its values may be empty"));
    }

    private void row(Spot at, Map<String, String> row) {
        String experiment = value(row, "experiment");
        String run = value(row, "run");
        String type = value(row, "type");
        if (experiment.isEmpty() || run.isEmpty() || type.isEmpty()) {
            findings.add(at, "experiment, run or type is empty", "a type that nobody knows is written unknown");
            return;
        }
        String closed = value(row, "closed");
        Optional<Instant> close = closed.isEmpty() ? Optional.empty() : instant(at, closed);
        RunKey key = new RunKey(experiment, run);
        Begun begun = runs.computeIfAbsent(key, k -> new Begun(type, close, new ArrayList<>()));
        if (!begun.type().equals(type) || !begun.closed().equals(close)) {
            findings.add(
                    at, "run " + key + " has another type or close record here than above", "one run, one of each");
        }
        if (!value(row, "file").isEmpty()) {
            file(at, row).ifPresent(begun.files()::add);
        }
    }

    private Optional<Expected> file(Spot at, Map<String, String> row) {
        Optional<ByteSize> size = number(at, "bytes", value(row, "bytes")).map(ByteSize::new);
        Optional<Long> events = number(at, "events", value(row, "events"));
        Optional<DataId> id = id(at, value(row, "file"));
        id.filter(i -> !seen.add(i)).ifPresent(i -> findings.add(at, i + " stands here twice", "keep one of them"));
        return id.map(i -> new Expected(i, size, events));
    }

    /** A name alone, or {@code scope:name} where the policy does not read the scope from the name. */
    private Optional<DataId> id(Spot at, String text) {
        try {
            boolean whole = !policy.scopeIsInName() && text.indexOf(':') > 0;
            Optional<Scope> stated =
                    whole ? Optional.of(new Scope(text.substring(0, text.indexOf(':')))) : Optional.empty();
            String name = whole ? text.substring(text.indexOf(':') + 1) : text;
            return switch (policy.name(name, stated, known)) {
                case Named.Accepted(DataId id) -> Optional.of(id);
                case Named.Refused(List<String> reasons) -> {
                    reasons.forEach(r -> findings.add(at, "'" + text + "': " + r, ""));
                    yield Optional.empty();
                }
            };
        } catch (BadWord bad) {
            findings.add(at, String.valueOf(bad.getMessage()), "");
            return Optional.empty();
        }
    }

    private Optional<Long> number(Spot at, String column, String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (DIGITS.matcher(text).matches()) {
            return Optional.of(Long.valueOf(text));
        }
        findings.add(at, column + " '" + text + "' is no whole number", "leave it empty when it is not known");
        return Optional.empty();
    }

    private Optional<Instant> instant(Spot at, String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException bad) {
            findings.add(
                    at,
                    "'" + text + "' names no instant",
                    "write 2026-11-22T06:00:00Z, or with the offset it was recorded in");
            return Optional.empty();
        }
    }

    private static String value(Map<String, String> row, String column) {
        return row.getOrDefault(column, "");
    }
}
