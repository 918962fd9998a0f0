package holdfast.server.catalog;

import holdfast.server.api.rucio.wire.RucioError;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.StoragePath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is said of a copy, with its name's key and the path at which it lies. */
record LocatedClaim(ReplicaClaim said, NameKey key, StoragePath path) {
    DataId id() {
        return said.id();
    }

    /** In the order of their keys, each name once; 409 where one name is said to have two contents. */
    static List<LocatedClaim> sorted(List<LocatedClaim> claims) {
        List<LocatedClaim> all = new ArrayList<>(claims);
        all.sort(Comparator.comparing(LocatedClaim::key));
        List<LocatedClaim> once = new ArrayList<>(all.size());
        for (LocatedClaim claim : all) {
            if (once.isEmpty() || !once.getLast().key.equals(claim.key)) {
                once.add(claim);
            } else if (!once.getLast().id().equals(claim.id())
                    || !once.getLast().said.agreesWith(claim.said)) {
                throw RucioError.conflict(
                        "Duplicate", claim.id() + " comes twice in this call, with different sizes or checksums");
            }
        }
        return once;
    }
}
