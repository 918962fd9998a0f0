package holdfast.judgement;

/** The three answers, from best to worst; the worst of many is the one that counts. */
public enum Verdict {
    MET,
    UNDETERMINED,
    BREACHED;

    public Verdict worst(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
