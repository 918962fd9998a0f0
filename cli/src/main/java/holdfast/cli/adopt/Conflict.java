package holdfast.cli.adopt;

import org.jspecify.annotations.Nullable;

/**
 * Something that was not taken over, and why.
 *
 * @param of what it is: {@code file}, {@code collection}, {@code contents}, {@code rule}, {@code lock}, {@code scope} ...
 * @param what the reason, a word
 * @param here what stands here
 * @param there what the other Rucio says
 */
public record Conflict(
        @Nullable String of,
        @Nullable String scope,
        @Nullable String name,
        String what,
        @Nullable String here,
        @Nullable String there) {}
