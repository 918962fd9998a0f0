package holdfast.server.routes;

import holdfast.access.AccessPolicy;
import holdfast.access.Area;
import holdfast.access.Reach;
import holdfast.access.Viewer;
import holdfast.server.api.rucio.wire.Caller;
import holdfast.server.members.Viewers;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** At which sites somebody may do what an area has, by the policy in force. */
public final class Reaches {
    private static final Reach NOWHERE = new Reach.At(Set.of());

    private final Viewers viewers;
    private final Supplier<AccessPolicy> policy;

    public Reaches(Viewers viewers, Supplier<AccessPolicy> policy) {
        this.viewers = viewers;
        this.policy = policy;
    }

    Reach of(Optional<Caller> caller, Area area) {
        return caller.map(one -> of(one, area)).orElse(NOWHERE);
    }

    private Reach of(Caller caller, Area area) {
        return switch (viewers.of(Optional.of(caller))) {
            case Viewer.Custodian _ -> Reach.EVERYWHERE;
            case Viewer.Outsider _ -> NOWHERE;
            case Viewer.Member member -> policy.get().reach(viewers.asker(caller, member), area);
        };
    }
}
