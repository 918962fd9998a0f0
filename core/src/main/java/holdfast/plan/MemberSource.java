package holdfast.plan;

import java.time.Duration;

/**
 * Who is a member, as the plan says it.
 *
 * @param silentAfter how old the source's last word may be; then levels for members are closed to them, and custody goes on
 */
public record MemberSource(From from, Duration silentAfter) {
    /** What holds where a plan says nothing: nobody is a member until an export says so. */
    public static final MemberSource EXPORT = new MemberSource(From.EXPORT, Duration.ofHours(24));

    /** Where the word comes from. */
    public enum From {
        /** A list of members that another system keeps, brought here again and again. */
        EXPORT,
        /** The accounts of this house: whoever an administrator gave one. Nobody outside vouches for it. */
        ACCOUNTS
    }
}
