package holdfast.server.members;

/** What the interface asks of the source of members. */
public record MemberDesk(
        MemberSync sync, MemberBook book, MemberHistory history, AccessReview review, SourceWatch watch) {}
