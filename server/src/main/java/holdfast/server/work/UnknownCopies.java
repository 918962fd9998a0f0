package holdfast.server.work;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.journal.Fact;
import holdfast.journal.Journal.Appended;
import holdfast.judgement.Holding;
import holdfast.retention.Hold;
import holdfast.retention.RetentionFact.CopiesDecided;
import holdfast.retention.RetentionFact.CopiesDecided.Decision;
import holdfast.server.sql.ActTables;
import holdfast.server.sql.Holdings;
import holdfast.server.sql.Listings;
import holdfast.server.sql.Listings.Dark;
import holdfast.server.sql.Listings.Lister;
import holdfast.server.work.Workplace.Station;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * While facts may be missing, bytes that lie where a registered file's copy would and that no row names are probably such
 * a copy: they are claimed, so that the fixity worker reads them and says what they are. Files whose registration itself
 * is missing stay a list for people; nothing is ever moved or removed here.
 */
final class UnknownCopies {
    private static final Actor ACTOR = new Actor("listing");
    private static final Optional<String> FINDING =
            Optional.of("its bytes were found by a listing in the custody hold; no fact that is left names them");

    private final Workplace place;
    private final Listings listings;
    private final Holdings holdings;
    private final ActTables acts = new ActTables();

    UnknownCopies(Workplace place, Listings listings) {
        this.place = place;
        this.listings = listings;
        this.holdings = new Holdings(place.words());
    }

    /** Since when facts may be missing; empty when none are. */
    Optional<Instant> factsMissing() {
        return place.database().read(acts::hold).flatMap(Hold::doubtBefore);
    }

    /** Claims what an element's listing found dark, a page at a time; answers how many copies were claimed. */
    int claim(Station station, Lister lister, int page) {
        PathNames names = new PathNames(station.inForce().naming());
        int claimed = 0;
        String after = "";
        List<Dark> dark = listings.dark(station.name(), after, page);
        while (!dark.isEmpty()) {
            claimed += claim(dark, names, lister);
            after = dark.getLast().path().path();
            dark = listings.dark(station.name(), after, page);
        }
        return claimed;
    }

    private int claim(List<Dark> page, PathNames names, Lister lister) {
        Map<DataId, PathNames.Place> places = new HashMap<>();
        for (Dark dark : page) {
            for (PathNames.Place found : names.of(dark.path())) {
                // Of several writings the newest: older ones were given up for it.
                places.merge(found.id(), found, (a, b) -> a.writing() > b.writing() ? a : b);
            }
        }
        if (places.isEmpty()) {
            return 0;
        }
        List<CopyRow> rows = new ArrayList<>();
        Appended appended =
                place.journal().append(ACTOR, connection -> decide(connection, places, new Claimed(lister, rows)));
        if (!(appended instanceof Appended.Done)) {
            return 0;
        }
        listings.noMoreDark(lister.storage(), rows.stream().map(CopyRow::path).toList());
        return rows.size();
    }

    private record Claimed(Lister lister, List<CopyRow> rows) {}

    private Optional<Fact> decide(Connection connection, Map<DataId, PathNames.Place> places, Claimed claimed)
            throws SQLException {
        claimed.lister.leases().require(connection, claimed.lister.lease());
        if (acts.hold(connection).flatMap(Hold::doubtBefore).isEmpty()) {
            return Optional.empty();
        }
        claimed.rows.clear();
        Instant now = place.now();
        List<NameKey> keys = places.keySet().stream().map(DataId::key).sorted().toList();
        for (Holding holding : holdings.lock(connection, keys).values()) {
            Optional<CopyRow> before = holding.copies().stream()
                    .filter(c -> c.storage().equals(claimed.lister.storage()))
                    .findFirst();
            Optional<PathNames.Place> found = Optional.ofNullable(places.get(holding.id()));
            found.filter(f -> holding.file().isPresent() && isFree(before, f))
                    .map(f -> row(f, claimed.lister, now))
                    .ifPresent(claimed.rows::add);
        }
        return claimed.rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new CopiesDecided(Decision.FOUND, List.copyOf(claimed.rows)));
    }

    /** What the row names still stands, or is being released: then the other bytes stay as they are. */
    private static boolean isFree(Optional<CopyRow> before, PathNames.Place found) {
        return before.map(
                        c -> found.writing() > c.writing() && (c.state().isDamage() || c.state() == CopyState.RELEASED))
                .orElse(true);
    }

    private static CopyRow row(PathNames.Place found, Lister lister, Instant now) {
        return new CopyRow(
                found.id(),
                lister.storage(),
                CopyState.CLAIMED,
                found.path(),
                found.writing(),
                Optional.empty(),
                now,
                Optional.empty(),
                now,
                FINDING);
    }
}
