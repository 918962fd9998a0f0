package holdfast.formats.rucio;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rule as an existing Rucio has it.
 *
 * @param id 32 hex digits
 * @param type of what it is about: {@code FILE}, {@code DATASET} or {@code CONTAINER}
 * @param grouping {@code ALL}, {@code DATASET} or {@code NONE}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RucioRule(
        String id,
        String account,
        String scope,
        String name,
        String type,
        long copies,
        @JsonProperty("rse_expression") String expression,
        String grouping,
        @Nullable String weight,
        @JsonProperty("source_expression") @Nullable String sources,
        @Nullable String activity,
        @Nullable Long priority,
        @Nullable String state,
        boolean locked,
        @Nullable Instant created,
        @Nullable Instant updated,
        @Nullable Instant expires,
        @Nullable Instant eol,
        @Nullable String comments,
        @Nullable String notification,
        @Nullable String meta,
        @JsonProperty("ignore_availability") boolean ignoresAvailability,
        @JsonProperty("ignore_account_limit") boolean ignoresLimits,
        @JsonProperty("purge_replicas") boolean purges,
        @JsonProperty("split_container") boolean splits) {

    public RucioDid did() {
        return new RucioDid(scope, name);
    }

    /** Whether it holds files one by one; otherwise it holds whole datasets. */
    public boolean locksFiles() {
        return type.equals("FILE") || grouping.equals("NONE");
    }
}
