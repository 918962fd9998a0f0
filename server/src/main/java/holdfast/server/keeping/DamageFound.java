package holdfast.server.keeping;

import holdfast.catalog.CopyRow;
import holdfast.fixity.FixityFact.CopiesInspected;
import holdfast.fixity.Outcome;
import holdfast.journal.Entry;
import holdfast.server.sql.Entries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What inspections found wrong, as the journal tells it: each bad read, also of copies that were replaced since. */
public final class DamageFound {
    /** Entries that one page looks at; inspections are long, and most found nothing wrong. */
    public static final int LOOKED_AT = 500;

    private final Entries entries;

    public DamageFound(Entries entries) {
        this.entries = entries;
    }

    /** One bad read; the copy is as that read left it: suspect after the first, and confirmed after the second. */
    public record Bad(long entry, Instant at, CopyRow copy, Outcome outcome) {}

    /**
     * The bad reads of some entries.
     *
     * @param next the number of the entry to go on from; empty when the last one numbered was looked at
     */
    public record Page(List<Bad> bad, OptionalLong next) {}

    /** The bad reads from an entry's number on, the oldest first. */
    public Page from(long first) {
        long size = entries.size();
        long begin = Math.clamp(first, 0, size);
        long until = Math.min(size, begin + LOOKED_AT);
        List<Bad> bad = new ArrayList<>();
        entries.each(begin, until, (seq, entry) -> take(seq, entry, bad));
        return new Page(bad, until < size ? OptionalLong.of(until) : OptionalLong.empty());
    }

    /** The bad reads since a moment, the oldest first; more than so many are cut off. */
    public List<Bad> since(Instant moment, int most) {
        List<Bad> bad = new ArrayList<>();
        entries.eachOf(CopiesInspected.KIND, entries.firstSince(moment), entries.size(), (seq, entry) -> {
            if (!entry.at().isBefore(moment) && bad.size() < most) {
                take(seq, entry, bad);
            }
        });
        return bad;
    }

    private static void take(long seq, Entry entry, List<Bad> bad) {
        if (!entry.kind().equals(CopiesInspected.KIND)) {
            return;
        }
        CopiesInspected seen = CopiesInspected.read(entry.lines());
        for (int i = 0; i < seen.copies().size(); i++) {
            Outcome outcome = seen.outcomes().get(i);
            if (outcome != Outcome.INTACT && outcome != Outcome.NOT_CHECKED) {
                bad.add(new Bad(seq, entry.at(), seen.copies().get(i), outcome));
            }
        }
    }
}
