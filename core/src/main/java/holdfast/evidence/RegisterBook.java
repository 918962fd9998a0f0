package holdfast.evidence;

import holdfast.ingest.Register;
import holdfast.judgement.Holding;
import holdfast.judgement.Whole;
import holdfast.vocabulary.CodePoints;
import holdfast.vocabulary.DataId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The outside register folded: the runs, and the files that each expects. An import replaces the runs that it names and
 * leaves the others; within a run, the last line about a file holds.
 */
final class RegisterBook {
    /** By experiment, then run, as text. */
    static final Comparator<Register.RunKey> BY_NAME = Comparator.comparing(
                    Register.RunKey::experiment, CodePoints::compare)
            .thenComparing(Register.RunKey::run, CodePoints::compare);

    private static final int NAMED_OPEN_RUNS = 10;

    private final Map<Register.RunKey, Register.Run> runs = new TreeMap<>(BY_NAME);
    private Optional<Edition> edition = Optional.empty();

    /** Where the register came from and when it was read there, as the import told that came last. */
    private record Edition(String source, Instant asOf) {}

    void read(Register register) {
        edition = Optional.of(new Edition(register.source(), register.asOf()));
    }

    /** Puts a run in the place of what was known of it. */
    void put(Register.Run run) {
        Map<DataId, Register.Expected> files = new LinkedHashMap<>();
        run.files().forEach(f -> files.put(f.id(), f));
        runs.put(run.key(), new Register.Run(run.key(), run.type(), run.closed(), List.copyOf(files.values())));
    }

    Set<DataId> filesOf(Register.RunKey key) {
        return Optional.ofNullable(runs.get(key)).map(Register.Run::files).orElse(List.of()).stream()
                .map(Register.Expected::id)
                .collect(java.util.stream.Collectors.toSet());
    }

    Collection<Register.Run> runs() {
        return runs.values();
    }

    /** What a run says of each of its files. */
    Holding.ExpectedFile expected(Register.RunKey key, Register.Expected file) {
        Register.Run run = Optional.ofNullable(runs.get(key)).orElseThrow();
        return new Holding.ExpectedFile(file, key, run.type(), run.closed());
    }

    Optional<Whole.RegisterState> state() {
        return edition.map(e -> new Whole.RegisterState(
                e.source(),
                e.asOf(),
                runs.size(),
                runs.values().stream().mapToLong(r -> r.files().size()).sum(),
                open().count(),
                open().limit(NAMED_OPEN_RUNS).map(r -> r.key().toString()).toList()));
    }

    Stream<String> expectedLines() {
        return sorted(runs.values().stream()
                .flatMap(r -> r.files().stream().map(f -> StateLines.expected(r.key(), f))));
    }

    Stream<String> registerLines() {
        return edition.map(e -> StateLines.register(e.source(), e.asOf())).stream();
    }

    Stream<String> runLines() {
        return sorted(runs.values().stream().map(StateLines::run));
    }

    private Stream<Register.Run> open() {
        return runs.values().stream().filter(r -> r.closed().isEmpty());
    }

    private static Stream<String> sorted(Stream<String> lines) {
        List<String> all = new ArrayList<>(lines.toList());
        all.sort(StateLines.ORDER);
        return all.stream();
    }
}
