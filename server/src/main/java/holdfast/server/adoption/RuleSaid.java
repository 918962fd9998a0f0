package holdfast.server.adoption;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rule as the other server has it, in the words of its interface.
 *
 * @param id 32 hexadecimal digits
 * @param grouping ALL, DATASET or NONE, or its letter
 * @param state only SUSPENDED, WAITING_APPROVAL and INJECT are kept; all others follow from locks and copies
 */
public record RuleSaid(
        String id,
        String scope,
        String name,
        @Nullable String account,
        @Nullable Integer copies,
        @JsonProperty("rse_expression") String expression,
        @Nullable String grouping,
        @Nullable String weight,

        @JsonProperty("source_expression") @JsonAlias("source_replica_expression") @Nullable
        String sources,

        @Nullable String activity,
        @Nullable Boolean locked,
        @Nullable Integer priority,
        @JsonAlias("created_at") @Nullable Instant created,
        @JsonAlias("updated_at") @Nullable Instant updated,
        @JsonAlias("expires_at") @Nullable Instant expires,
        @JsonAlias("eol_at") @Nullable Instant eol,
        @Nullable String comments,
        @Nullable String notification,
        @Nullable String meta,
        @Nullable String state,
        @JsonProperty("ignore_availability") @Nullable Boolean ignoreAvailability,
        @JsonProperty("ignore_account_limit") @Nullable Boolean ignoreAccountLimit,
        @JsonAlias("purge_replicas") @Nullable Boolean purge,
        @JsonProperty("split_container") @Nullable Boolean splitContainer) {

    /** What a rule locks: a file, or a dataset. */
    public record LockSaid(String rule, String scope, String name, String rse) {}
}
