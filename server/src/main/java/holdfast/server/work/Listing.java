package holdfast.server.work;

import holdfast.fixity.Outcome;
import holdfast.journal.Journal.Appended;
import holdfast.plan.Obligation.Catalogued;
import holdfast.plan.Plan;
import holdfast.retention.Hold;
import holdfast.server.sql.ActTables;
import holdfast.server.sql.FileCopy;
import holdfast.server.sql.Inspections;
import holdfast.server.sql.Leases;
import holdfast.server.sql.Leases.Lease;
import holdfast.server.sql.Listings;
import holdfast.server.sql.Listings.Lister;
import holdfast.server.work.Inspecting.Batch;
import holdfast.server.work.Workplace.Station;
import holdfast.storage.Condition;
import holdfast.storage.StorageDriver.Listed;
import holdfast.storage.StorageFact.ConditionChanged.Cause;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath.Layout;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compares what stands on an element with the catalogue. Rows without bytes, or with bytes of another size, are inspected at
 * once, so that a copy becomes missing or bad by an inspection and never by a listing; bytes without a row are kept as a list for people, or claimed where
 * facts are known to be missing.
 */
public final class Listing {
    private static final Actor ACTOR = new Actor("listing");

    private final Workplace place;
    private final ListingSettings settings;
    private final Layout layout;
    private final Inspecting inspecting;
    private final Inspections inspections;
    private final Listings listings;
    private final UnknownCopies unknown;
    private final ConditionBook book;
    private final ListingGuard guard;
    private final ActTables acts = new ActTables();
    private final Map<StorageName, Instant> tried = new ConcurrentHashMap<>();

    /** @param layout how names become paths, from the naming policy */
    public Listing(Workplace place, ListingSettings settings, FixitySettings fixity, Layout layout) {
        this.place = place;
        this.settings = settings;
        this.layout = layout;
        this.inspecting = new Inspecting(place, fixity, Comparison.WHOLE);
        this.inspections = new Inspections(place.words());
        this.listings = new Listings(place.database(), place.words());
        this.unknown = new UnknownCopies(place, listings);
        this.book = new ConditionBook(place);
        this.guard = new ListingGuard(place, listings);
    }

    /** The listing did not come to an end that can be believed; it is tried again. */
    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;

        Broken(String why) {
            super(why);
        }
    }

    /** Lists an element when it is due, and answers what was recorded. */
    public Optional<Condition.Listing> step(StorageName name) {
        Optional<Station> found = place.station(name);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Station station = found.get();
        Condition condition = place.condition(name);
        if (!isDue(station, condition) || !place.isOpen(station, condition)) {
            return Optional.empty();
        }
        return place.leases().take(Inspecting.lease(name), settings.lease()).flatMap(lease -> list(station, lease));
    }

    private Optional<Condition.Listing> list(Station station, Lease lease) {
        StorageName name = station.name();
        if (!isDue(station, place.condition(name))) {
            return Optional.empty();
        }
        tried.put(name, place.now());
        Lister lister = new Lister(name, place.leases(), lease);
        try (var _ = place.leases().keep(lease, settings.lease())) {
            Condition.Listing listing = list(station, lister);
            var appended = book.change(ACTOR, Cause.LISTED, lease, name, before -> before.withListing(listing));
            listings.begin(lister);
            return appended instanceof Appended.Done ? Optional.of(listing) : Optional.empty();
        } catch (IOException | Broken | Listings.Incomplete | Leases.Lost e) {
            // What it staged stays until the next listing, of whichever node, begins.
            Log.of(Listing.class)
                    .log(System.Logger.Level.WARNING, "{0}: the listing is not used: {1}", name, e.getMessage());
            return Optional.empty();
        }
    }

    private boolean isDue(Station station, Condition condition) {
        Instant now = place.now();
        Instant last = tried.get(station.name());
        if (last != null && now.isBefore(last.plus(settings.retry()))) {
            return false;
        }
        if (guard.waits(condition)) {
            return false;
        }
        if (isHeldSince(condition)) {
            return true;
        }
        return every(station.inForce().plan())
                .map(every -> condition
                        .listing()
                        .map(listing -> !now.isBefore(listing.at().plus(Calendar.share(every, settings.ahead()))))
                        .orElse(true))
                .orElse(false);
    }

    /** Whether facts may be missing since a moment after the last listing: then the element is listed at once. */
    private boolean isHeldSince(Condition condition) {
        return place.database().read(acts::hold).flatMap(Hold::doubtBefore).stream()
                .anyMatch(since -> condition
                        .listing()
                        .map(listing -> listing.at().isBefore(since))
                        .orElse(true));
    }

    /** The shortest interval that a clause states; empty when none asks for listings. */
    private static Optional<Duration> every(Plan plan) {
        return plan.clauses().values().stream()
                .flatMap(clause -> clause.must().stream())
                .flatMap(duty -> duty.obligation() instanceof Catalogued c
                        ? Optional.of(c.listedWithin()).stream()
                        : Optional.<Duration>empty().stream())
                .min(Duration::compareTo);
    }

    private Condition.Listing list(Station station, Lister lister) throws IOException {
        Instant began = place.now();
        listings.begin(lister);
        long listed = stage(station, lister);
        int unlisted = listings.findUnlisted(lister, listed, began);
        Optional<String> doubt = guard.doubt(ACTOR, lister, unlisted, began);
        if (doubt.isPresent()) {
            throw new Broken(doubt.get());
        }
        long missing = inspectUnlisted(station, lister, unlisted);
        listings.findDark(lister, listed, began);
        if (unknown.factsMissing().isPresent()) {
            unknown.claim(station, lister, settings.batch());
        }
        long[] dark = countDark(station, began.minus(settings.settle()));
        return new Condition.Listing(began, listed, missing, dark[0], dark[1]);
    }

    private long stage(Station station, Lister lister) throws IOException {
        List<Listed> batch = new ArrayList<>(settings.batch());
        long[] count = {0};
        station.driver().list(file -> {
            batch.add(file);
            if (batch.size() == settings.batch()) {
                count[0] += flush(lister, batch);
            }
        });
        return count[0] + flush(lister, batch);
    }

    private int flush(Lister lister, List<Listed> batch) {
        int added = batch.isEmpty() ? 0 : listings.add(lister, batch);
        batch.clear();
        return added;
    }

    private long inspectUnlisted(Station station, Lister lister, int unlisted) {
        long missing = 0;
        int looked = 0;
        for (List<NameKey> keys = listings.takeUnlisted(station.name(), settings.batch());
                !keys.isEmpty();
                keys = listings.takeUnlisted(station.name(), settings.batch())) {
            missing += inspect(station, keys, lister.lease());
            looked += keys.size();
        }
        if (looked != unlisted) {
            throw new Broken("of %d copies to look at %d were left".formatted(unlisted, looked));
        }
        return missing;
    }

    private long inspect(Station station, List<NameKey> keys, Lease lease) {
        List<FileCopy> copies =
                place.database().read(connection -> inspections.of(connection, station.name(), keys)).stream()
                        .filter(c -> c.copy().state().stands())
                        .toList();
        Batch batch = inspecting.inspect(station, copies, lease);
        if (!batch.isSound() || !station.answers()) {
            throw new Broken("copies that were not listed could not be inspected: " + batch.canaries());
        }
        return batch.recorded().stream()
                .filter(i -> i.outcome() == Outcome.MISSING)
                .count();
    }

    /** How many dark files have lain there long enough to be told, and how many of them may be undeletable data. */
    private long[] countDark(Station station, Instant seenBy) {
        DarkPaths paths = new DarkPaths(station.inForce().plan(), layout);
        long[] counts = new long[2];
        String after = "";
        List<Listings.Dark> page = listings.dark(station.name(), after, settings.batch());
        while (!page.isEmpty()) {
            for (Listings.Dark dark : page) {
                if (!dark.seenAt().isAfter(seenBy)) {
                    counts[0]++;
                    counts[1] += paths.mayBeUndeletable(dark.path()) ? 1 : 0;
                }
            }
            after = page.getLast().path().path();
            page = listings.dark(station.name(), after, settings.batch());
        }
        return counts;
    }
}
