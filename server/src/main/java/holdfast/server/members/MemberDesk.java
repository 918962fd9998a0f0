package holdfast.server.members;

import java.util.function.Supplier;

/**
 * What the interface asks of the source of members.
 *
 * @param book of the source that the plan in force asks
 */
public record MemberDesk(
        MemberSync sync, Supplier<MemberBook> book, MemberHistory history, AccessReview review, SourceWatch watch) {}
