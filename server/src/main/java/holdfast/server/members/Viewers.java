package holdfast.server.members;

import holdfast.access.Asker;
import holdfast.access.Audiences;
import holdfast.access.Audiences.Wish;
import holdfast.access.Decision;
import holdfast.access.Viewer;
import holdfast.plan.Plan;
import holdfast.server.api.rucio.wire.Caller;
import holdfast.server.api.rucio.wire.Eyes;
import holdfast.server.catalog.Accounts;
import holdfast.server.catalog.Writer;
import holdfast.server.members.Members.Standing;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.Visible;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Who somebody is to the plan, and what they may know of by that; asked anew for each call, so that what ends, ends at once. */
public final class Viewers {
    private final Supplier<Plan> plan;
    private final Accounts accounts;
    private final Members members;

    public Viewers(Supplier<Plan> plan, Accounts accounts, Members members) {
        this.plan = plan;
        this.accounts = accounts;
        this.members = members;
    }

    /** @param caller empty for whoever showed nothing */
    public Viewer of(Optional<Caller> caller) {
        return caller.map(this::of).orElseGet(Viewer.Outsider::new);
    }

    private Viewer of(Caller caller) {
        if (caller.account().equals(AccountName.ROOT)) {
            return new Viewer.Custodian();
        }
        return switch (members.of(caller)) {
            case Standing.Left _ -> new Viewer.Outsider();
            case Standing.Active _ when accounts.isAdmin(caller.account()) -> new Viewer.Custodian();
            case Standing.Active(Set<String> roles) -> new Viewer.Member(roles);
            case Standing.Unknown _ ->
                accounts.isAdmin(caller.account()) ? new Viewer.Custodian() : new Viewer.Outsider();
        };
    }

    /** Who asks, for a permission: with the attributes of the account, and the roles of the member. */
    public Asker asker(Caller caller, Viewer.Member member) {
        Map<String, String> attributes = new HashMap<>(accounts.attributes(caller.account()));
        member.roles().forEach(role -> attributes.put(role, "true"));
        return new Asker(caller.account(), attributes);
    }

    /** Whether an account is the one by which a site's own process removes copies; being an administrator is no reason. */
    public boolean removesFor(Caller caller, String site) {
        return !(members.of(caller) instanceof Standing.Left)
                && accounts.asker(caller.account()).has("eraser-" + site);
    }

    /** What the plan in force lets them know of. */
    public Visible sees(Optional<Caller> caller) {
        return audiences().visible(of(caller));
    }

    /** Both, by one look at who they are. */
    public Eyes eyes(Optional<Caller> caller) {
        Viewer viewer = of(caller);
        return new Eyes(viewer, audiences().visible(viewer));
    }

    /** Somebody as who changes something. */
    public Writer writer(Caller caller, Visible sees) {
        Viewer viewer = of(caller);
        return viewer instanceof Viewer.Custodian
                ? Writer.whole(caller.account())
                : new Writer(caller.account(), sees, scope -> obstacle(viewer, scope));
    }

    private Optional<String> obstacle(Viewer viewer, Scope scope) {
        Decision decision = audiences().decide(viewer, Wish.WRITE, scope);
        return decision.allowed()
                ? Optional.empty()
                : Optional.of(decision.why()
                        + decision.clause().map(clause -> " (" + clause + ")").orElse(""));
    }

    public Audiences audiences() {
        return new Audiences(plan.get());
    }
}
