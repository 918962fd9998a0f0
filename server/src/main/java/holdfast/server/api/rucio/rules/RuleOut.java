package holdfast.server.api.rucio.rules;

import holdfast.placement.Rule;
import holdfast.server.api.rucio.wire.JsonOut;
import holdfast.server.catalog.RuleDetails;
import holdfast.server.catalog.RuleView;
import java.util.Optional;

/** A rule in Rucio's words. */
public final class RuleOut {
    private static final String USUAL_ACTIVITY = "User Subscriptions";

    private RuleOut() {}

    public static void write(JsonOut out, RuleView view) {
        out.begin();
        fields(out, view);
        out.put("bytes", view.bytes());
        out.end();
    }

    static void fields(JsonOut out, RuleView view) {
        Rule rule = view.rule();
        Rule.Hold hold = rule.hold();
        RuleDetails details = view.details();
        out.put("id", rule.id()).put("account", hold.account().name());
        out.put("scope", rule.target().id().scope().name())
                .put("name", rule.target().id().name())
                .put("did_type", rule.target().kind());
        out.put("rse_expression", rule.wish().expression())
                .put("copies", rule.wish().copies())
                .put("grouping", rule.wish().grouping())
                .put("weight", rule.wish().weight())
                .put("source_replica_expression", rule.wish().sources());
        out.put("state", view.state())
                .put("locks_ok_cnt", view.ok())
                .put("locks_replicating_cnt", view.replicating())
                .put("locks_stuck_cnt", view.stuck())
                .put("error", view.error())
                .put("stuck_at", details.stuckAt());
        out.put("created_at", hold.created())
                .put("updated_at", hold.updated())
                .put("expires_at", hold.expires())
                .put("eol_at", details.endOfLife())
                .putNull("deleted_at");
        out.put("locked", hold.locked())
                .put("priority", hold.priority())
                .put("activity", details.activity().orElse(USUAL_ACTIVITY))
                .put("notification", details.notification().orElse("NO"))
                .put("comments", details.comments())
                .put("meta", details.meta())
                .put("child_rule_id", details.child())
                .put("subscription_id", details.subscription());
        out.put("purge_replicas", details.switches().purgeReplicas())
                .put("ignore_availability", details.switches().ignoreAvailability())
                .put("ignore_account_limit", details.switches().ignoreAccountLimit())
                .put("split_container", details.switches().splitContainer());
    }

    /** A line of the history of a name. */
    static void history(JsonOut out, RuleView view) {
        Rule rule = view.rule();
        out.begin()
                .put("rule_id", rule.id())
                .put("created_at", rule.hold().created())
                .put("updated_at", rule.hold().updated())
                .put("rse_expression", rule.wish().expression())
                .put("state", rule.removed() ? "DELETED" : view.state().name())
                .put("account", rule.hold().account().name())
                .put("locks_ok_cnt", view.ok())
                .put("locks_stuck_cnt", view.stuck())
                .put("locks_replicating_cnt", view.replicating())
                .end();
    }

    /** Why a rule is as it is, in words. */
    static String words(RuleView view) {
        Optional<String> error = view.error();
        return switch (view.state()) {
            case OK -> "This replication rule is OK";
            case REPLICATING -> "This replication rule is currently REPLICATING";
            case STUCK ->
                error.map(e -> "This replication rule is STUCK: " + e).orElse("This replication rule is STUCK");
            case SUSPENDED -> "This replication rule is SUSPENDED: nothing is done for it until somebody resumes it";
            case WAITING_APPROVAL -> "This replication rule waits for somebody's approval";
            case INJECT -> "This replication rule is being injected: its elements are chosen soon";
        };
    }
}
