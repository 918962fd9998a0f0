package holdfast.judgement;

import holdfast.catalog.CopyRow;
import holdfast.catalog.FileRow;
import holdfast.plan.Obligation.Opened;
import holdfast.storage.StorageElement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether one copy counts, may count or does not count (design: "A copy is one of three").
 *
 * @param element where it stands; empty when the sites file does not know the element
 * @param reasons why it is no better; for a copy that counts, what is worth saying beside it
 * @param validUntil the earliest moment at which time alone could change this; {@link Instant#MAX} when it cannot
 * @param silentSince its element has not answered since then
 */
public record CopyStanding(
        CopyRow copy,
        Optional<StorageElement> element,
        Word word,
        List<Reason> reasons,
        Instant validUntil,
        Optional<Instant> silentSince) {
    public CopyStanding {
        reasons = List.copyOf(reasons);
    }

    /** The three standings, from best to worst. */
    public enum Word {
        COUNTS,
        MAY_COUNT,
        DOES_NOT_COUNT
    }

    /** The standing of a copy towards duties that count copies. */
    public static CopyStanding of(CopyRow copy, Surroundings surroundings, Instant now) {
        CopyRules rules = new CopyRules(copy, surroundings, now);
        rules.place();
        rules.state();
        if (rules.isOpen()) {
            rules.readBack();
            rules.proofAge();
            rules.silence();
            rules.recalls();
        }
        return rules.standing();
    }

    /**
     * The standing of a copy towards being read back now (P-24): a late proof changes nothing, but silence, late drills
     * and missing drives do.
     *
     * @param drillWithin how long a recall drill holds, for tape
     */
    static CopyStanding ofAccess(CopyRow copy, Surroundings surroundings, Duration drillWithin, Instant now) {
        CopyRules rules = new CopyRules(copy, surroundings, now);
        rules.place();
        rules.state();
        if (rules.isOpen()) {
            rules.readBack();
            rules.reachableNow();
            rules.recallableNow(drillWithin);
        }
        return rules.standing();
    }

    /**
     * The standing of a copy towards being used (P-2): the medium is no matter, but the copy can be read back now, and a
     * sample of the files of its class at its element was opened by a program for the format. Recalls and samples hold
     * for as long as a recall drill does.
     */
    static CopyStanding ofUse(CopyRow copy, FileRow file, Opened duty, Surroundings surroundings, Instant now) {
        CopyRules rules = new CopyRules(copy, surroundings, now);
        rules.anyPlace();
        rules.state();
        if (rules.isOpen()) {
            Duration holds = surroundings.plan().limits().drill();
            rules.readBack();
            rules.reachableNow();
            rules.recallableNow(holds);
            rules.opened(file, duty.format(), holds);
        }
        return rules.standing();
    }

    public boolean counts() {
        return word == Word.COUNTS;
    }

    /** Whether it counts or may count. */
    public boolean mayCount() {
        return word != Word.DOES_NOT_COUNT;
    }
}
