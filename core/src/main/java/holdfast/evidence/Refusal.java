package holdfast.evidence;

/** Why a verifier does not accept what it was given, by name; programs and people meet the same names. */
public enum Refusal {
    /** Some entry's bytes are not those that were signed. */
    BYTES_CHANGED,
    /** The entries are the signed ones, in another order. */
    ORDER_CHANGED,
    /** An entry within the journal is not there. */
    ENTRY_MISSING,
    /** There are entries that were not signed. */
    ENTRY_ADDED,
    /** Entries at the journal's end are not there. */
    TRUNCATED,
    /** The entries do not give the root that the head states, and nothing tells which of them is wrong. */
    HEAD_NOT_REACHED,
    /** The head was not signed with the key that came with it. */
    HEAD_NOT_SIGNED,
    /** The key is not the one known from elsewhere. */
    OTHER_KEY,
    /** The journal is not a continuation of the one whose head is known from elsewhere. */
    HISTORY_CHANGED,
    /** An entry is as it was signed, and its fact cannot be read or folded. */
    FACT_UNREADABLE,
    /** The plan, sites or policy beside the journal are not those that the journal adopted. */
    OTHER_PLAN_VERSION,
    /** The verdicts claim a moment or a number of entries that cannot be theirs. */
    MOMENT_IMPOSSIBLE,
    /** A verdict taken again differs from the one claimed. */
    VERDICT_CHANGED,
    /** A file that falls short is not named, or one that does not is. */
    FAILING_LEFT_OUT,
    /** A bundle for some readers is not what the whole journal gives for them, or shows what they may not know of. */
    OTHER_PROJECTION,
    /** A part of the bundle is absent, unknown, or too large. */
    BUNDLE_BROKEN;

    /** A refusal with its sentence. */
    public record Refused(Refusal refusal, String sentence) {
        @Override
        public String toString() {
            return refusal + ": " + sentence;
        }
    }

    public Refused because(String sentence) {
        return new Refused(this, sentence);
    }
}
