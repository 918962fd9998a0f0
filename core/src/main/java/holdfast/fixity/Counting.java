package holdfast.fixity;

import holdfast.fixity.Reconciled.Sum;

/** Counts while a comparison goes on. */
final class Counting {
    long recorded;
    long listed;
    long same;
    long byDigest;
    Sum missing = Sum.NONE;
    Sum dark = Sum.NONE;
    Sum different = Sum.NONE;
    long younger;
    long withoutDuty;
    long superseded;
    long own;

    void add(Discrepancy found) {
        switch (found) {
            case Discrepancy.Missing(RecordedCopy copy) -> missing = missing.and(copy.size());
            case Discrepancy.Dark(ListedBytes bytes) -> dark = dark.and(bytes.size());
            case Discrepancy.Different(RecordedCopy copy, ListedBytes bytes) -> different = different.and(bytes.size());
        }
    }

    Reconciled sofar() {
        return new Reconciled(
                recorded, listed, same, byDigest, missing, dark, different, younger, withoutDuty, superseded, own);
    }
}
