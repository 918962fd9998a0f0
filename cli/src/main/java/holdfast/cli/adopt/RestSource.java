package holdfast.cli.adopt;

import holdfast.cli.adopt.RucioWire.Question;
import holdfast.formats.rucio.Reading;
import holdfast.formats.rucio.Row;
import holdfast.formats.rucio.RucioAccount;
import holdfast.formats.rucio.RucioAnswers;
import holdfast.formats.rucio.RucioCollection;
import holdfast.formats.rucio.RucioContents;
import holdfast.formats.rucio.RucioDid;
import holdfast.formats.rucio.RucioElement;
import holdfast.formats.rucio.RucioFile;
import holdfast.formats.rucio.RucioLock;
import holdfast.formats.rucio.RucioRule;
import holdfast.formats.rucio.RucioScope;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * A Rucio server read through its REST interface. The names of the scopes are listed first and kept sorted on this machine,
 * so that no answer is held open while others are worked on; the rest is asked for by the thousand names.
 */
final class RestSource implements Source {
    private static final int DATASETS_ASKED = 200;
    private static final int COLLECTIONS_READ = 20;

    private final String url;
    private final RucioWire wire;
    private final Sources.Means means;
    private final Map<String, RucioElement> elements = new TreeMap<>();
    private final Described described;
    /** Rules that hold files one by one, of which the locks are asked for rule by rule. */
    private final ConcurrentLinkedQueue<String> rulesOfFiles = new ConcurrentLinkedQueue<>();

    private Set<String> scopes = Set.of();

    RestSource(String url, RucioWire wire, Sources.Means means) {
        this.url = url;
        this.wire = wire;
        this.means = means;
        this.described = new Described(wire, elements, means.metadataOfFiles());
    }

    @Override
    public String name() {
        return url;
    }

    @Override
    public List<RucioScope> scopes() {
        return new OwnedScopes(wire).all();
    }

    @Override
    public List<RucioAccount> accounts() {
        return lines("/accounts/", Reading::account);
    }

    @Override
    public List<RucioElement> elements() {
        for (String rse : lines("/rses/", row -> row.text("rse"))) {
            String path = RucioWire.path("rses", rse);
            Row settings = RucioAnswers.row(wire.get(path), "GET " + path);
            String attributes = wire.get(path + "/attr/");
            elements.put(rse, Reading.element(settings, RucioAnswers.values(attributes, "GET " + path + "/attr/")));
        }
        return List.copyOf(elements.values());
    }

    private <T> List<T> lines(String path, Function<Row, T> as) {
        return wire.get(path)
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> as.apply(RucioAnswers.row(line, "GET " + path)))
                .toList();
    }

    @Override
    public void choose(Set<String> chosen) {
        scopes = new TreeSet<>(chosen);
    }

    @Override
    public Portions<RucioFile> files() throws IOException {
        if (elements.isEmpty()) {
            elements();
        }
        Spool names = names("file");
        return new Portions<>(OptionalLong.of(names.number()), by(names, Portion.MOST, described::files), names);
    }

    @Override
    public Portions<RucioFile> bareFiles() throws IOException {
        Spool names = names("file");
        return new Portions<>(OptionalLong.of(names.number()), by(names, Portion.MOST, described::bare), names);
    }

    @Override
    public Portions<RucioCollection> collections() throws IOException {
        Spool names = names("collection");
        return new Portions<>(OptionalLong.of(names.number()), by(names, Portion.MOST, described::collections), names);
    }

    @Override
    public Portions<RucioContents> contents() throws IOException {
        Spool names = names("collection");
        Iterator<Portion<RucioContents>> each =
                new Each<>(new Some<>(names.names(), COLLECTIONS_READ), some -> ContentsReader.of(wire, some));
        return new Portions<>(OptionalLong.empty(), each, names);
    }

    @Override
    public Portions<RucioRule> rules() {
        Iterator<Portion<RucioRule>> each = new Each<>(
                scopes.iterator(), scope -> streamed("/rules/?scope=" + RucioWire.escaped(scope), this::rule));
        return new Portions<>(OptionalLong.empty(), each, () -> {});
    }

    private RucioRule rule(Row row) {
        RucioRule rule = Reading.rule(row);
        if (rule.locksFiles()) {
            rulesOfFiles.add(rule.id());
        }
        return rule;
    }

    @Override
    public Portions<RucioLock> locks() throws IOException {
        Spool names = names("dataset");
        Iterator<Portion<RucioLock>> ofDatasets = by(names, DATASETS_ASKED, this::datasetLocks);
        Iterator<Portion<RucioLock>> ofFiles = new Each<>(
                rulesOfFiles.iterator(),
                rule -> streamed(RucioWire.path("rules", rule, "locks"), row -> Reading.lock(row, "FILE")));
        return new Portions<>(OptionalLong.empty(), new Chain<>(ofDatasets, ofFiles), names);
    }

    private List<RucioLock> datasetLocks(List<RucioDid> datasets) {
        Map<String, Object> asked = Map.of(
                "dids",
                datasets.stream()
                        .map(d -> Map.of("scope", d.scope(), "name", d.name(), "type", "dataset"))
                        .toList());
        return wire.ask(Question.LOCKS, asked).stream()
                .map(line -> Reading.lock(RucioAnswers.row(line, Question.LOCKS.call()), "DATASET"))
                .toList();
    }

    private Spool names(String type) throws IOException {
        return Spool.of(new Searched(wire, scopes, type), means.temporary());
    }

    private <T> Portion<T> streamed(String path, Function<Row, T> as) {
        return to -> {
            try (AnswerLines lines = wire.lines(path)) {
                Some<String> some = new Some<>(lines, Portion.MOST);
                while (some.hasNext()) {
                    to.accept(some.next().stream()
                            .map(line -> as.apply(RucioAnswers.row(line, lines.call())))
                            .toList());
                }
            } catch (IOException broken) {
                throw RucioWire.brokenOff("GET " + path, broken);
            }
        };
    }

    private static <T> Iterator<Portion<T>> by(Spool spool, int most, Function<List<RucioDid>, List<T>> read) {
        return new Each<>(new Some<>(spool.names(), most), names -> to -> {
            Some<T> found = new Some<>(read.apply(names).iterator(), Portion.MOST);
            found.forEachRemaining(to);
        });
    }

    @Override
    public void onConflict(Conflicts conflicts) {
        // What that server answers fits together; only a dump's files may not.
    }

    @Override
    public void close() {
        // Each list of names is closed by whoever reads it.
    }
}
