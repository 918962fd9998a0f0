package holdfast.evidence;

import holdfast.ingest.Register;
import holdfast.judgement.Holding.ExpectedFile;
import holdfast.judgement.Whole;
import holdfast.vocabulary.CodePoints;
import holdfast.vocabulary.DataId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The runs of the outside register folded, each with the files that it expects now. */
final class RegisterBook {
    private static final int NAMED_OPEN_RUNS = 20;

    private final Map<Register.RunKey, Run> runs =
            new TreeMap<>(Comparator.comparing(Register.RunKey::experiment, CodePoints::compare)
                    .thenComparing(Register.RunKey::run, CodePoints::compare));
    private Optional<Edition> edition = Optional.empty();

    /** Where the register came from and when it was read there, as the import told that came last. */
    private record Edition(String source, Instant asOf) {}

    /** One run and what it expects; the files change as other runs take them over. */
    private record Run(Register.Run stated, Set<DataId> files) {}

    void edition(Register register) {
        edition = Optional.of(new Edition(register.source(), register.asOf()));
    }

    /** Puts a run, expecting nothing, in the place of what was known of it; the files that it expected before. */
    Set<DataId> begin(Register.Run run) {
        Register.Run bare = new Register.Run(run.key(), run.type(), run.closed(), List.of());
        Optional<Run> before = Optional.ofNullable(runs.put(run.key(), new Run(bare, new HashSet<>())));
        return before.map(Run::files).orElse(Set.of());
    }

    void add(Register.RunKey run, DataId file) {
        known(run).files().add(file);
    }

    void remove(Register.RunKey run, DataId file) {
        known(run).files().remove(file);
    }

    /** What the register says of a file, with what matters of its run. */
    ExpectedFile expected(Register.RunKey key, Register.Expected file) {
        Register.Run run = known(key).stated();
        return new ExpectedFile(file, key, run.type(), run.closed());
    }

    Optional<Whole.RegisterState> state() {
        return edition.map(e -> new Whole.RegisterState(
                e.source(),
                e.asOf(),
                runs.size(),
                runs.values().stream().mapToLong(r -> r.files().size()).sum(),
                open().count(),
                open().limit(NAMED_OPEN_RUNS).map(Register.RunKey::toString).toList()));
    }

    Stream<String> registerLines() {
        return edition.map(e -> StateLines.register(e.source(), e.asOf())).stream();
    }

    Stream<String> runLines() {
        List<String> lines = new ArrayList<>();
        runs.values().forEach(r -> lines.add(StateLines.run(r.stated())));
        lines.sort(StateLines.ORDER);
        return lines.stream();
    }

    private Stream<Register.RunKey> open() {
        return runs.values().stream()
                .map(Run::stated)
                .filter(r -> r.closed().isEmpty())
                .map(Register.Run::key);
    }

    private Run known(Register.RunKey key) {
        return Optional.ofNullable(runs.get(key)).orElseThrow();
    }
}
