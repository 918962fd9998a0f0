package holdfast.judgement;

import holdfast.vocabulary.SiteName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How many copies a duty finds: for certain, and at best.
 *
 * @param lo over copies that count
 * @param hi over copies that count or may count
 * @param among the copies it looked at
 */
record Count(int lo, int hi, List<CopyStanding> among) {

    /** The sites at which copies stand: two copies at one site are one. */
    static Count ofSites(List<CopyStanding> among) {
        Set<SiteName> certain = new TreeSet<>();
        Set<SiteName> possible = new TreeSet<>();
        for (CopyStanding standing : among) {
            if (standing.mayCount() && standing.element().isPresent()) {
                SiteName site = standing.element().get().site();
                possible.add(site);
                if (standing.counts()) {
                    certain.add(site);
                }
            }
        }
        return new Count(certain.size(), possible.size(), among);
    }

    Verdict against(int asked) {
        if (lo >= asked) {
            return Verdict.MET;
        }
        return hi < asked ? Verdict.BREACHED : Verdict.UNDETERMINED;
    }
}
