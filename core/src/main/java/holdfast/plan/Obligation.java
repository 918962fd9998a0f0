package holdfast.plan;

import holdfast.storage.FailureDomain;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a clause asks of its subjects: a closed set of kinds, each of which evaluates to MET, BREACHED or UNDETERMINED.
 * Kinds that nothing measures yet are {@link Unmeasured}: they answer UNDETERMINED and say what would measure them.
 */
public sealed interface Obligation {

    /** Whether it is a duty of placement: it asks for copies, and a release could break it. */
    default boolean places() {
        return switch (this) {
            case CopiesAtLeast _, CompleteAt _, CoveredBy _, IndependentCopies _ -> true;
            case Accessible _,
                    Opened _,
                    CheckedEvery _,
                    OneLevel _,
                    ReleasedByAct _,
                    RegisteredInFull _,
                    KeptUntil _,
                    Catalogued _,
                    OpenTo _,
                    FollowShares _,
                    EvidenceKept _,
                    PlanVersioned _,
                    WaiversBounded _,
                    Unmeasured _ -> false;
        };
    }

    /** At least n counting copies at different sites (P-23). */
    record CopiesAtLeast(int copies) implements Obligation {}

    /** A counting copy at the place (P-25). */
    record CompleteAt(PlaceRule place) implements Obligation {}

    /** A counting copy at some site of the place; the union of its sites covers every file (P-26). */
    record CoveredBy(PlaceRule place) implements Obligation {}

    /** At least n counting copies that differ pairwise in every named domain (P-22). */
    record IndependentCopies(int copies, Set<FailureDomain> differing) implements Obligation {
        public IndependentCopies {
            differing = Set.copyOf(differing);
        }
    }

    /** At least n copies that can be read back now: recall drills in date, working drives, the site answering (P-24). */
    record Accessible(int copies, Optional<Duration> drillWithin) implements Obligation {}

    /** A copy was recalled and opened by a program for its format; without an opener nothing is shown (P-2). */
    record Opened(String format) implements Obligation {}

    /** Every standing copy was inspected within the calendar of its medium, and scrubs found their canaries (P-1). */
    record CheckedEvery(Duration disk, Duration tape) implements Obligation {}

    /** Every object has exactly one class and level (P-7). */
    record OneLevel() implements Obligation {}

    /** Every file came in by an act that people signed, which names what it was made from (P-14). */
    record ReleasedByAct() implements Obligation {}

    /** What stands on storage is in the catalogue, and the reverse, by a listing younger than this (P-3). */
    record Catalogued(Duration listedWithin) implements Obligation {}

    /**
     * Who may know of it and read it; that others are refused is tried from outside, and a trial older than this tells
     * nothing (P-19, P-21, P-32).
     */
    record OpenTo(Level.Audience audience, Duration probedEvery) implements Obligation {
        /** What holds where the plan does not say how often. */
        public static final Duration DAILY = Duration.ofHours(24);
    }

    /** Everything that an outside register names has arrived; a register older than this tells nothing (P-6). */
    record RegisteredInFull(Duration registerWithin) implements Obligation {}

    /** Kept until a lifetime's end, which its body declares; never expires by the clock (P-6, D-1). */
    record KeptUntil(String lifetime) implements Obligation {}

    /** Bytes by site against a dated table, relative tolerance in percent of the share; never part of a verdict (P-26). */
    record FollowShares(String table, double withinPercent) implements Obligation {}

    /** The journal was folded again and agreed, and its signed head stands outside the database (D-2). */
    record EvidenceKept(Duration auditedWithin, Duration headWithin) implements Obligation {}

    /** Verdicts name the adopted plan's version (D-3). */
    record PlanVersioned() implements Obligation {}

    /** Every waiver in force is dated, owned, and ends (D-4). */
    record WaiversBounded(Duration longest) implements Obligation {}

    /**
     * A kind that the plan may state and nothing measures yet.
     *
     * @param kind the plan file's word, such as {@code linked-to}
     * @param wouldMeasure what would measure it, for people
     * @param asked what the plan file states of it, by its own keys; compared when plans are
     */
    record Unmeasured(String kind, String wouldMeasure, SortedMap<String, String> asked) implements Obligation {
        public Unmeasured {
            asked = Collections.unmodifiableSortedMap(new TreeMap<>(asked));
        }

        public Unmeasured(String kind, String wouldMeasure) {
            this(kind, wouldMeasure, Collections.emptySortedMap());
        }
    }
}
