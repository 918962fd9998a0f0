package holdfast.server.identity;

import holdfast.access.GroupClaim;
import holdfast.formats.TrustedIssuer;
import holdfast.journal.Micros;
import holdfast.plan.MemberGroups;
import holdfast.vocabulary.BadWord;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What issuers and front ends say of somebody's groups, in the forms in which it comes: a claim of a token that is a list of texts ({@code
 * wlcg.groups}, WLCG Common JWT Profiles 1.0, section 2.2.3), or FQANs of VOMS with commas between them.
 */
public final class GroupClaims {
    /** As the VOMS attribute certificate format (OGSA, section 3.4.1) builds an FQAN, with the word that older tools put before it. */
    private static final Pattern FQAN =
            Pattern.compile("(?:fqan:)?((?:/[\\w.-]+)+(?:/Role=[\\w.-]+)?)(?:/Capability=[\\w.-]+)?");

    private static final String NO_ROLE = "/Role=NULL";
    private static final String ISSUED_AT = "iat";

    /** The name of the claim by issuer. */
    private final Map<String, String> names = new HashMap<>();

    public GroupClaims(List<TrustedIssuer> issuers) {
        issuers.forEach(issuer -> names.put(issuer.url(), issuer.groups()));
    }

    /**
     * What a verified token says; nothing, where it has no such claim.
     *
     * @param now said then at the latest: an issuer whose clock is ahead has no last word
     * @throws BadWord for a claim that is no list of texts
     */
    public Optional<GroupClaim> of(String issuer, Map<String, Object> claims, Instant now) {
        @Nullable
        Object said = Optional.ofNullable(names.get(issuer)).map(claims::get).orElse(null);
        if (said == null || !(claims.get(ISSUED_AT) instanceof Instant at)) {
            return Optional.empty();
        }
        SortedSet<String> groups = new TreeSet<>();
        if (said instanceof Collection<?> list) {
            for (Object group : list) {
                groups.add(text(group));
            }
        } else {
            groups.add(text(said));
        }
        return Optional.of(new GroupClaim(issuer, groups, Micros.cut(at.isBefore(now) ? at : now)));
    }

    private static String text(@Nullable Object group) {
        if (group instanceof String text) {
            return text;
        }
        throw new BadWord("groups", String.valueOf(group), "a list of texts");
    }

    /**
     * What a front end says that checked a proxy.
     *
     * @param fqans with commas between them
     * @throws BadWord for anything else
     */
    public static GroupClaim voms(String fqans, Instant now) {
        SortedSet<String> groups = new TreeSet<>();
        for (String fqan : fqans.split("[,;]", -1)) {
            if (!fqan.isBlank()) {
                groups.add(group(fqan.strip()));
            }
        }
        return new GroupClaim(MemberGroups.VOMS, groups, now);
    }

    private static String group(String fqan) {
        Matcher parts = FQAN.matcher(fqan);
        if (!parts.matches()) {
            throw new BadWord("FQAN", fqan, "one such as /lab/Role=NULL/Capability=NULL, with commas between several");
        }
        String group = parts.group(1);
        return group.endsWith(NO_ROLE) ? group.substring(0, group.length() - NO_ROLE.length()) : group;
    }
}
