package holdfast.storage;

import holdfast.journal.Micros;
import holdfast.vocabulary.StorageName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is recorded of an element's condition: the facts of this room folded.
 *
 * @param silentSince when it stopped answering; empty while it answers
 * @param downtimes its site's declared downtimes
 * @param lastDrill the last recall drill that worked; empty when there was none
 * @param failedDrills recall drills failed in a row since
 * @param workingDrives tape drives known to work; empty for disks
 * @param suspectSince set while the whole element is under suspicion: its copies may count, none does
 * @param listing the last full listing compared with the catalogue
 */
public record Condition(
        StorageName element,
        Optional<Instant> silentSince,
        List<Downtime> downtimes,
        Optional<Instant> lastDrill,
        int failedDrills,
        Optional<Integer> workingDrives,
        Optional<Instant> suspectSince,
        Optional<Listing> listing,
        Optional<Scrub> scrub) {

    public Condition {
        silentSince = silentSince.map(Micros::cut);
        downtimes = List.copyOf(downtimes);
        lastDrill = lastDrill.map(Micros::cut);
        suspectSince = suspectSince.map(Micros::cut);
    }

    /**
     * A full listing against the catalogue.
     *
     * @param missing catalogue rows without bytes
     * @param dark bytes without a catalogue row
     * @param darkRaw how many of the dark ones lie under a path of undeletable data
     */
    public record Listing(Instant at, long listed, long missing, long dark, long darkRaw) {
        public Listing {
            at = Micros.cut(at);
        }
    }

    /**
     * The last scrub of the element.
     *
     * @param canariesFound whether every planted canary was reported as damaged; otherwise the scrub is void
     */
    public record Scrub(Instant at, boolean canariesFound) {
        public Scrub {
            at = Micros.cut(at);
        }
    }

    /** An element of which nothing is recorded yet. */
    public static Condition unknown(StorageName element) {
        return new Condition(
                element,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The declared downtime that covers a moment, the one with the latest end. */
    public Optional<Downtime> downtimeAt(Instant moment) {
        return downtimes.stream().filter(d -> d.covers(moment)).max(java.util.Comparator.comparing(Downtime::until));
    }

    public Condition withSilentSince(Optional<Instant> since) {
        return new Condition(
                element, since, downtimes, lastDrill, failedDrills, workingDrives, suspectSince, listing, scrub);
    }

    /** With one more declared downtime of its site. */
    public Condition withDowntime(Downtime downtime) {
        List<Downtime> all =
                Stream.concat(downtimes.stream(), Stream.of(downtime)).toList();
        return new Condition(
                element, silentSince, all, lastDrill, failedDrills, workingDrives, suspectSince, listing, scrub);
    }

    /** After a recall drill that worked. */
    public Condition withDrill(Instant at) {
        return new Condition(
                element, silentSince, downtimes, Optional.of(at), 0, workingDrives, suspectSince, listing, scrub);
    }

    /** After a recall drill that failed. */
    public Condition withFailedDrill() {
        int failed = failedDrills + 1;
        return new Condition(
                element, silentSince, downtimes, lastDrill, failed, workingDrives, suspectSince, listing, scrub);
    }

    public Condition withWorkingDrives(Optional<Integer> drives) {
        return new Condition(
                element, silentSince, downtimes, lastDrill, failedDrills, drives, suspectSince, listing, scrub);
    }

    public Condition withSuspectSince(Optional<Instant> since) {
        return new Condition(
                element, silentSince, downtimes, lastDrill, failedDrills, workingDrives, since, listing, scrub);
    }

    public Condition withListing(Listing last) {
        return new Condition(
                element,
                silentSince,
                downtimes,
                lastDrill,
                failedDrills,
                workingDrives,
                suspectSince,
                Optional.of(last),
                scrub);
    }

    public Condition withScrub(Scrub last) {
        return new Condition(
                element,
                silentSince,
                downtimes,
                lastDrill,
                failedDrills,
                workingDrives,
                suspectSince,
                listing,
                Optional.of(last));
    }
}
