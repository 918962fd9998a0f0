package holdfast.evidence;

import holdfast.evidence.Refusal.Refused;
import holdfast.journal.Hash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names what was done to entries, from the leaves that they give and the list of leaves that was signed. */
final class LeafDifference {
    private LeafDifference() {}

    /** Two lists that differ, and what that is. */
    static Refused name(List<Hash> given, List<Hash> signed) {
        List<Integer> added = notIn(given, signed);
        List<Integer> missing = notIn(signed, given);
        if (added.isEmpty() && missing.isEmpty()) {
            int at = firstDifference(given, signed);
            return Refusal.ORDER_CHANGED.because("entry " + at + " is not the one that was signed at that place");
        }
        if (added.isEmpty()) {
            int first = missing.getFirst();
            return first == given.size()
                    ? Refusal.TRUNCATED.because(
                            "the last " + missing.size() + " of " + signed.size() + " signed entries are not there")
                    : Refusal.ENTRY_MISSING.because(
                            "entry " + first + " is not there, " + missing.size() + " of " + signed.size() + " in all");
        }
        if (missing.isEmpty()) {
            return Refusal.ENTRY_ADDED.because(
                    "entry " + added.getFirst() + " was never signed, " + added.size() + " in all");
        }
        return Refusal.BYTES_CHANGED.because("entry " + added.getFirst() + " gives the leaf "
                + given.get(added.getFirst()) + ", which was never signed");
    }

    /** The places of the leaves of one list that the other does not hold, or not as often. */
    private static List<Integer> notIn(List<Hash> these, List<Hash> those) {
        Map<Hash, Integer> left = new HashMap<>();
        those.forEach(hash -> left.merge(hash, 1, Integer::sum));
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < these.size(); i++) {
            if (left.merge(these.get(i), -1, Integer::sum) < 0) {
                places.add(i);
            }
        }
        return places;
    }

    private static int firstDifference(List<Hash> one, List<Hash> other) {
        int at = 0;
        while (one.get(at).equals(other.get(at))) {
            at++;
        }
        return at;
    }
}
