package holdfast.server.identity;

import holdfast.access.GroupClaim;
import holdfast.formats.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a login keeps of what was said of its groups, as a line of JSON. */
public record KeptClaim(String by, List<String> groups, Instant said) {

    /** Null where nothing was said, as a column and a session have it. */
    public static @Nullable String text(Optional<GroupClaim> claim) {
        return claim.map(one -> Json.line(new KeptClaim(one.by(), List.copyOf(one.groups()), one.said())))
                .orElse(null);
    }

    public static Optional<GroupClaim> read(@Nullable String text) {
        return Optional.ofNullable(text)
                .map(line -> Json.read(line, KeptClaim.class))
                .map(kept -> new GroupClaim(kept.by, new TreeSet<>(kept.groups), kept.said));
    }
}
