package holdfast.server.catalog;

import holdfast.journal.Micros;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Database;
import holdfast.server.sql.Registry;
import holdfast.server.sql.StoredTable;
import holdfast.server.sql.StoredTable.Sum;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.StorageName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How full elements are, by who says so. The source {@code rucio} is the catalogue, added up from the rows; programs state
 * all others, such as {@code storage}, and the latest hundred statements of each are kept.
 */
public final class RseUsage {
    /** The catalogue's own figures; clients know them by this name. */
    public static final String CATALOGUE = "rucio";

    private static final int KEPT = 100;
    private static final int LONGEST_SOURCE = 255;

    private final Database database;
    private final StoredTable stored;
    private final Shelf<History> said;
    private final HouseClock clock;

    record Said(long at, Optional<Long> used, Optional<Long> free, Optional<Long> files) {}

    /** The latest first. */
    record History(List<Said> statements) {}

    public RseUsage(Database database, StoredTable stored, Registry registry, HouseClock clock) {
        this.database = database;
        this.stored = stored;
        this.said = new Shelf<>(registry, RseDocuments.USAGE, History.class);
        this.clock = clock;
    }

    /**
     * What one source says.
     *
     * @param used bytes
     * @param free bytes
     */
    public record Usage(
            String source, Optional<Long> used, Optional<Long> free, Optional<Long> files, Instant updated) {
        /** Bytes used and free together. */
        public long total() {
            return used.orElse(0L) + free.orElse(0L);
        }
    }

    /** What each source said last; the catalogue first. */
    public List<Usage> of(Rse rse) {
        List<Usage> all = new ArrayList<>();
        all.add(catalogue(rse));
        said.under(rse.name() + "/")
                .forEach((source, history) ->
                        history.statements().stream().findFirst().ifPresent(last -> all.add(usage(source, last))));
        return all;
    }

    /** What lies at every element, as the catalogue adds it up. */
    public Map<StorageName, Sum> catalogue() {
        return database.read(stored::sums);
    }

    private Usage catalogue(Rse rse) {
        Sum sum = catalogue().getOrDefault(rse.name(), Sum.NOTHING);
        return new Usage(CATALOGUE, Optional.of(sum.bytes()), Optional.empty(), Optional.of(sum.files()), clock.now());
    }

    private static Usage usage(String source, Said said) {
        return new Usage(source, said.used, said.free, said.files, Micros.instant(said.at));
    }

    /** What was said before too, the latest first; the catalogue's figures are those of now. */
    public List<Usage> history(Rse rse) {
        Stream<Usage> before = said.under(rse.name() + "/").entrySet().stream()
                .flatMap(e -> e.getValue().statements().stream().map(s -> usage(e.getKey(), s)));
        return Stream.concat(Stream.of(catalogue(rse)), before)
                .sorted(Comparator.comparing(Usage::updated).reversed())
                .toList();
    }

    /** @throws RucioError 409 UnsupportedOperation for the catalogue's own figures, which nobody can state */
    public void state(AccountName who, Rse rse, Usage usage) {
        if (usage.source().equals(CATALOGUE)) {
            throw RucioError.conflict(
                    "UnsupportedOperation", "what the catalogue holds is added up from its rows and cannot be stated");
        }
        if (usage.source().isEmpty() || usage.source().length() > LONGEST_SOURCE) {
            throw RucioError.invalid("a source has 1 to " + LONGEST_SOURCE + " characters");
        }
        String key = rse.name() + "/" + usage.source();
        Said last = new Said(Micros.of(usage.updated()), usage.used(), usage.free(), usage.files());
        said.change(
                who,
                documents -> List.of(said.put(
                        key,
                        new History(Stream.concat(
                                        Stream.of(last),
                                        said.find(documents, key).stream().flatMap(h -> h.statements().stream()))
                                .limit(KEPT)
                                .toList()))));
    }

    /** The time of a statement that is made now. */
    public Instant now() {
        return clock.now();
    }

    /** Whether anything lies at an element, or is locked there. */
    public boolean isUsed(StorageName element) {
        return database.read(connection -> stored.isUsed(connection, element));
    }
}
