package holdfast.server.drivers.webdav;

import holdfast.server.drivers.http.Endpoint;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * How an element is reached by WebDAV.
 *
 * @param root the folder of the element, without a slash at its end
 * @param also further endpoints of the element, such as pools that its door sends us to
 * @param answersWithin how long it may take to answer a small question
 * @param stall how long a transfer may show no progress
 * @param copiesAtOnce how many copies between servers may be open towards it
 * @param digestsAtOnce how many digests its server is asked for at once
 * @param thirdParty whether its server copies from and to others
 * @param createsOnly whether our credential may read and create there, and neither overwrite nor move nor remove
 */
public record WebDavSettings(
        URI root,
        Set<Endpoint> also,
        Duration answersWithin,
        Duration stall,
        int copiesAtOnce,
        int digestsAtOnce,
        boolean thirdParty,
        boolean createsOnly) {
    public static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);
    public static final Duration STALL = Duration.ofSeconds(60);
    public static final int COPIES_AT_ONCE = 200;
    public static final int DIGESTS_AT_ONCE = 2;

    public WebDavSettings {
        also = Set.copyOf(also);
    }
}
