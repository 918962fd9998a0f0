package holdfast.judgement;

import holdfast.vocabulary.StorageName;
import java.time.Instant;
import java.util.Optional;

/**
 * Why an answer is as it is, for people and for programs.
 *
 * @param where the element it speaks of
 * @param text a sentence without a full stop
 */
public record Reason(Code code, Optional<StorageName> where, String text) {
    static Reason beingRecomputed(Instant since) {
        return new Reason(
                Code.BEING_RECOMPUTED,
                Optional.empty(),
                "it held until " + Wording.time(since) + " and is being taken again");
    }

    /** What can be wrong, or not known, or worth saying although all is well. */
    public enum Code {
        NO_COPY,
        TOO_FEW_COPIES,
        NOT_ARCHIVAL,
        NOT_READ_BACK,
        PROOF_LATE,
        PROOF_IN_FUTURE,
        PROOF_NOT_FROM_MEDIUM,
        SUSPECT,
        CORRUPT,
        UNREADABLE,
        MISSING,
        RELEASING,
        CLAIMED,
        FACTS_MISSING,
        NOT_ANSWERING,
        SILENT_TOO_LONG,
        ELEMENT_SUSPECT,
        ELEMENT_LEFT,
        ATTRIBUTE_UNKNOWN,
        DRILL_LATE,
        DRILL_FAILED,
        NO_DRIVE,
        DOMAIN_UNKNOWN,
        SAME_DOMAIN,
        WRONG_PLACE,
        NO_PERIOD,
        ARRIVING,
        LOST,
        NOT_REGISTERED,
        SIZE_DIFFERS,
        EVENTS_DIFFER,
        NO_CLOSE_RECORD,
        NO_REGISTER,
        REGISTER_OLD,
        DARK_RAW,
        DARK,
        NO_CLASS,
        NO_OPENER,
        NOT_OPENED,
        NOT_INSPECTED,
        SCRUB_VOID,
        LISTING_LATE,
        ROW_WITHOUT_BYTES,
        NOT_PROBED,
        DOOR_NOT_KNOWN,
        NOT_RELEASED_BY_ACT,
        DOOR_OPEN,
        MEMBERS_SILENT,
        MEMBERS_ARE_ACCOUNTS,
        NOTHING_TO_JUDGE,
        NOT_AUDITED,
        HEAD_OLD,
        AUDIT_FAILED,
        WAIVER_UNBOUNDED,
        NOT_MEASURED,
        KEPT,
        PLAN_DIFFERS,
        ZERO_PROVEN,
        BEING_RECOMPUTED
    }
}
