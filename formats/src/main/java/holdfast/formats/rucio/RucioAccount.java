package holdfast.formats.rucio;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An account.
 *
 * @param type {@code USER}, {@code GROUP} or {@code SERVICE}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RucioAccount(
        String name, String type, @Nullable String email) {}
