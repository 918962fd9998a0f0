package holdfast.server.shift;

import holdfast.plan.Waiver;
import holdfast.retention.SignedAct;
import holdfast.server.keeping.DamageFound.Bad;
import holdfast.server.sql.Breaches;
import holdfast.server.sql.ClauseVerdicts;
import holdfast.server.sql.Wants;
import holdfast.storage.Downtime;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.StorageName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one shift hands over to the next.
 *
 * @param changes clauses whose verdict as a whole became another
 * @param damage bad reads since, repaired meanwhile or not
 * @param due homes that were still due: what they hold is of an earlier moment
 */
public record Shift(
        Instant since,
        Instant at,
        List<ClauseVerdicts.Change> changes,
        Breaching breaches,
        List<Bad> damage,
        Waits waits,
        Silenced silenced,
        long due) {

    /**
     * Breaches by what is alike, the largest groups first.
     *
     * @param began those that began since, whether they stand or not
     * @param ended those that ended since: repaired, found again, or no subject any more
     * @param open all that stand, with the moment since when
     */
    public record Breaching(List<Breaches.Alike> began, List<Breaches.Alike> ended, List<Breaches.Alike> open) {}

    /**
     * Who waits for whom.
     *
     * @param acts that wait for signatures, or are signed and not carried out yet
     * @param silent elements that nobody can reach or trust, and why
     * @param copies wanted copies by element
     * @param inspections files of which nothing can be told until somebody reads, lists or closes something
     * @param members what the source of members lacks; empty where it speaks and is understood
     */
    public record Waits(
            List<SignedAct> acts,
            List<Silent> silent,
            List<Wants.Waiting> copies,
            List<Breaches.Alike> inspections,
            Optional<SilentSource> members) {}

    /** The source of members is silent, or what it says is not taken: since when, and why in words. */
    public record SilentSource(Instant since, String why) {}

    /** An element that is out, and why in words. */
    public record Silent(StorageName element, Optional<Instant> since, String why) {}

    /** What was silenced, by whom, and until when. */
    public record Silenced(List<Waiver> waivers, List<Declared> downtimes) {}

    /** A downtime in force or to come. @param by who declared it; empty where the journal does not tell */
    public record Declared(Downtime downtime, Optional<Actor> by) {}
}
