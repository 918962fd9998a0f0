package holdfast.cli.adopt;

import holdfast.formats.rucio.DumpPart;
import holdfast.formats.rucio.DumpRows;
import holdfast.formats.rucio.DumpedContents;
import holdfast.formats.rucio.DumpedFiles;
import holdfast.formats.rucio.Reading;
import holdfast.formats.rucio.Row;
import holdfast.formats.rucio.RucioAccount;
import holdfast.formats.rucio.RucioCollection;
import holdfast.formats.rucio.RucioContents;
import holdfast.formats.rucio.RucioDump;
import holdfast.formats.rucio.RucioElement;
import holdfast.formats.rucio.RucioFile;
import holdfast.formats.rucio.RucioLock;
import holdfast.formats.rucio.RucioRule;
import holdfast.formats.rucio.RucioScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A dump of Rucio's tables, read as streams. */
final class DumpSource implements Source {
    private final RucioDump dump;
    private Predicate<String> chosen = scope -> true;
    private boolean all = true;
    private @Nullable Conflicts conflicts;

    private DumpSource(RucioDump dump) {
        this.dump = dump;
    }

    static DumpSource open(Path folder) throws IOException {
        return new DumpSource(RucioDump.open(folder.toAbsolutePath().normalize()));
    }

    @Override
    public String name() {
        Path last = dump.folder().getFileName();
        return "dump " + (last == null ? dump.folder() : last);
    }

    @Override
    public List<RucioScope> scopes() throws IOException {
        return read(DumpPart.SCOPES, Reading::scope);
    }

    @Override
    public List<RucioAccount> accounts() throws IOException {
        return read(DumpPart.ACCOUNTS, Reading::account);
    }

    @Override
    public List<RucioElement> elements() throws IOException {
        return read(DumpPart.RSES, row -> Reading.element(row, row.object("attributes")));
    }

    private <T> List<T> read(DumpPart part, Function<Row, T> as) throws IOException {
        List<T> found = new ArrayList<>();
        try (DumpRows rows = dump.rows(part)) {
            while (rows.hasNext()) {
                found.add(as.apply(rows.next()));
            }
        }
        return found;
    }

    @Override
    public void choose(Set<String> scopes) throws IOException {
        all = scopes().stream().map(RucioScope::name).allMatch(scopes::contains);
        chosen = Set.copyOf(scopes)::contains;
    }

    @Override
    public void onConflict(Conflicts told) {
        conflicts = told;
    }

    @Override
    public Portions<RucioFile> files() throws IOException {
        DumpedFiles files = DumpedFiles.open(dump, new DumpedFiles.Wanted(chosen, did -> {
            if (conflicts != null) {
                conflicts.add(new Conflict(
                        "copy", did.scope(), did.name(), "no file of this name in the dump", null, "a copy"));
            }
        }));
        return new Portions<>(all ? dump.statedFiles() : OptionalLong.empty(), Gathering.of(files), files);
    }

    @Override
    public Portions<RucioFile> bareFiles() throws IOException {
        return files();
    }

    @Override
    public Portions<RucioCollection> collections() throws IOException {
        return portions(
                DumpPart.DIDS,
                row -> Reading.type(row).equals("FILE") ? Optional.empty() : Optional.of(Reading.collection(row)));
    }

    @Override
    public Portions<RucioContents> contents() throws IOException {
        DumpRows rows = dump.rows(DumpPart.CONTENTS);
        DumpedContents contents = new DumpedContents(rows, chosen, Portion.MOST);
        return new Portions<>(
                stated(DumpPart.CONTENTS),
                new Gathering<>(contents, one -> one.children().size()),
                rows);
    }

    @Override
    public Portions<RucioRule> rules() throws IOException {
        return portions(DumpPart.RULES, row -> Optional.of(Reading.rule(row)));
    }

    @Override
    public Portions<RucioLock> locks() throws IOException {
        return portions(DumpPart.LOCKS, row -> Optional.of(Reading.lock(row, "FILE")));
    }

    private OptionalLong stated(DumpPart part) {
        return all ? dump.stated(part) : OptionalLong.empty();
    }

    private <T> Portions<T> portions(DumpPart part, Function<Row, Optional<T>> as) throws IOException {
        DumpRows rows = dump.rows(part);
        OptionalLong total = part == DumpPart.DIDS ? OptionalLong.empty() : stated(part);
        return new Portions<>(total, Gathering.of(new Chosen<>(rows, as)), rows);
    }

    /** The rows of the chosen scopes that are of the wanted kind. */
    private final class Chosen<T> implements Iterator<T> {
        private final DumpRows rows;
        private final Function<Row, Optional<T>> as;
        private Optional<T> next;

        Chosen(DumpRows rows, Function<Row, Optional<T>> as) {
            this.rows = rows;
            this.as = as;
            next = read();
        }

        private Optional<T> read() {
            while (rows.hasNext()) {
                Row row = rows.next();
                Optional<T> found = chosen.test(row.text("scope")) ? as.apply(row) : Optional.empty();
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        }

        @Override
        public boolean hasNext() {
            return next.isPresent();
        }

        @Override
        public T next() {
            T one = next.orElseThrow(NoSuchElementException::new);
            next = read();
            return one;
        }
    }

    @Override
    public void close() {
        // Every reading closes its own file.
    }
}
