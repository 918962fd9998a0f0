package holdfast.formats.rucio;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A copy as an existing Rucio has it.
 *
 * @param path below the element's prefix, where it does not follow from the name
 * @param state the name of Rucio's state, such as {@code AVAILABLE}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RucioCopy(
        String rse,
        @Nullable String path,
        String state,
        @Nullable Instant created) {

    /** Whether bytes are said to stand there: a copy that is only under way, or going, is none. */
    public boolean stands() {
        return !state.equals("COPYING") && !state.equals("BEING_DELETED");
    }
}
