package holdfast.server.work;

import holdfast.fixity.DoubtfulListing;
import holdfast.fixity.MassLoss;
import holdfast.server.sql.Listings;
import holdfast.server.sql.Listings.Lister;
import holdfast.server.sql.Memory;
import holdfast.storage.Condition;
import holdfast.storage.StorageFact.ConditionChanged.Cause;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.StorageName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Stands between a listing and what would be marked by it. A listing that lacks too much puts the element under suspicion,
 * which is an alarm and stops repairs and releases, and marks nothing. Once it was cleared by a signed act, the next listing is
 * looked into copy by copy, however much it lacks.
 */
final class ListingGuard {
    /** How long a listing that was doubted is not taken again while the element is under suspicion. */
    static final Duration AGAIN = Duration.ofHours(6);

    private static final String DOUBTED = "listing-doubted:";

    private final Workplace place;
    private final Listings listings;
    private final Memory memory;
    private final ConditionBook book;

    ListingGuard(Workplace place, Listings listings) {
        this.place = place;
        this.listings = listings;
        this.memory = new Memory(place.database());
        this.book = new ConditionBook(place);
    }

    /** Whether the last listing was doubted, not long ago, and nobody has cleared the element since. */
    boolean waits(Condition condition) {
        return condition.suspectSince().isPresent()
                && doubted(condition)
                        .filter(at -> place.now().isBefore(at.plus(AGAIN)))
                        .isPresent();
    }

    /**
     * Why nothing may be marked by a listing; empty where it may be used.
     *
     * @param lacking copies that it does not show as they should be
     * @param began copies written before this moment should be on it
     */
    Optional<String> doubt(Actor actor, Lister lister, long lacking, Instant began) {
        StorageName name = lister.storage();
        if (lacking < MassLoss.FEWEST) {
            return Optional.empty();
        }
        long expected = listings.expected(name, began);
        Condition condition = place.condition(name);
        boolean cleared =
                condition.suspectSince().isEmpty() && doubted(condition).isPresent();
        if (cleared || !DoubtfulListing.is(lacking, expected)) {
            return Optional.empty();
        }
        Instant now = place.now();
        book.change(
                actor,
                Cause.SUSPECTED,
                lister.lease(),
                name,
                before -> before.suspectSince().isPresent() ? before : before.withSuspectSince(Optional.of(now)));
        String why = "of %,d copies that should stand there it lacks %,d, or shows them with another size"
                .formatted(expected, lacking);
        memory.keep(DOUBTED + name, why, now);
        return Optional.of(
                why + ": nothing is marked; look at the element, and clear it of suspicion when it is as it should be,"
                        + " or when these files are lost in truth");
    }

    /** When the element's last listing was doubted; empty once one was used since. */
    private Optional<Instant> doubted(Condition condition) {
        return memory.recall(DOUBTED + condition.element())
                .map(Memory.Note::at)
                .filter(at -> condition
                        .listing()
                        .map(listing -> listing.at().isBefore(at))
                        .orElse(true));
    }
}
