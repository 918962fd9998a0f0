package holdfast.server.catalog;

import holdfast.journal.Micros;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Registry;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.StorageName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** How many copies are carried to an element at a time; each node keeps to it for itself. */
public final class TransferLimits {
    private final Shelf<Stored> shelf;
    private final Rses rses;
    private final HouseClock clock;

    record Stored(long most, long created, long updated) {}

    public TransferLimits(Registry registry, Rses rses, HouseClock clock) {
        this.shelf = new Shelf<>(registry, "transfer-limit", Stored.class);
        this.rses = rses;
        this.clock = clock;
    }

    /**
     * A limit of each element that an expression names.
     *
     * @param most copies at a time
     */
    public record Limit(String expression, long most, Instant created, Instant updated) {
        public UUID id() {
            return UUID.nameUUIDFromBytes(("transfer limit " + expression).getBytes(StandardCharsets.UTF_8));
        }
    }

    public List<Limit> all() {
        return shelf.all().entrySet().stream()
                .map(e -> new Limit(
                        e.getKey(),
                        e.getValue().most,
                        Micros.instant(e.getValue().created),
                        Micros.instant(e.getValue().updated)))
                .toList();
    }

    /** @throws RucioError 400 InvalidRSEExpression where it names no element */
    public void put(AccountName who, String expression, long most) {
        rses.matching(expression);
        if (most < 0) {
            throw RucioError.invalid("max_transfers is not negative: " + most);
        }
        long now = Micros.of(clock.now());
        shelf.change(who, documents -> {
            long created =
                    shelf.find(documents, expression).map(Stored::created).orElse(now);
            return List.of(shelf.put(expression, new Stored(most, created, now)));
        });
    }

    /** Nothing happens where there is none. */
    public void drop(AccountName who, String expression) {
        shelf.change(
                who,
                documents ->
                        shelf.find(documents, expression).isPresent() ? List.of(shelf.drop(expression)) : List.of());
    }

    /** The least that any limit of an element says, or the other number where that is less. */
    public int most(StorageName element, int otherwise) {
        return (int) shelf.all().entrySet().stream()
                .filter(e -> e.getValue().most < otherwise && names(e.getKey(), element))
                .mapToLong(e -> e.getValue().most)
                .min()
                .orElse(otherwise);
    }

    private boolean names(String expression, StorageName element) {
        try {
            return rses.matching(expression).stream().anyMatch(rse -> rse.name().equals(element));
        } catch (RucioError namesNoneToday) {
            return false;
        }
    }
}
