package holdfast.plan;

import java.time.Duration;
import java.util.Optional;

/**
 * Who is a member, as the plan says it.
 *
 * @param silentAfter how old the source's last word may be; then levels for members are closed to them, and custody goes on
 * @param signing what is asked of members who sign acts
 * @param groups those that make members; there exactly where they are the source
 */
public record MemberSource(From from, Duration silentAfter, Signing signing, Optional<MemberGroups> groups) {
    /** What holds where a plan says nothing: nobody is a member until an export says so. */
    public static final MemberSource EXPORT = new MemberSource(From.EXPORT, Duration.ofHours(24));

    public MemberSource {
        if (groups.isPresent() != (from == From.GROUPS)) {
            throw new IllegalArgumentException("groups make members exactly where they are the source");
        }
    }

    public MemberSource(From from, Duration silentAfter, Signing signing) {
        this(from, silentAfter, signing, Optional.empty());
    }

    /** One whose signers are asked for what holds where a plan says nothing. */
    public MemberSource(From from, Duration silentAfter) {
        this(from, silentAfter, Signing.DEFAULTS);
    }

    /** Whether somebody outside this house says who its members are. */
    public boolean isOutside() {
        return from != From.ACCOUNTS;
    }

    /** Where the word comes from. */
    public enum From {
        /** A list of members that another system keeps, brought here again and again. */
        EXPORT,
        /** The groups in what issuers say of whoever comes in. */
        GROUPS,
        /** The accounts of this house: whoever an administrator gave one. Nobody outside vouches for it, or for signers. */
        ACCOUNTS
    }

    /**
     * What is asked of signers.
     *
     * @param memberFor how long somebody is a member before they sign
     * @param lapseAfter how long a signature waits for the others that an act needs
     * @param ofDifferentInstitutes whether those of one act come from different institutes
     */
    public record Signing(Duration memberFor, Duration lapseAfter, boolean ofDifferentInstitutes) {
        public static final Signing DEFAULTS = new Signing(Duration.ofDays(30), Duration.ofDays(7), false);
    }
}
