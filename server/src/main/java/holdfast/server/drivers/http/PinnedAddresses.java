package holdfast.server.drivers.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves the hosts of storage elements to addresses that may be used. The connection goes to the very address that was
 * checked here, so a name that is answered anew cannot lead into the network behind this server.
 */
public final class PinnedAddresses implements DnsResolver {
    private final boolean allowsPrivate;

    /** @param allowsPrivate whether elements may stand in private ranges or on this machine, as in tests and in a laboratory */
    public PinnedAddresses(boolean allowsPrivate) {
        this.allowsPrivate = allowsPrivate;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] all = InetAddress.getAllByName(host);
        InetAddress[] usable =
                Arrays.stream(all).filter(a -> allowsPrivate || !isPrivate(a)).toArray(InetAddress[]::new);
        if (usable.length == 0) {
            throw new UnknownHostException("%s is %s, an address of a private network: start the server with"
                            .formatted(host, all[0].getHostAddress())
                    + " --private-storage if the storage of this experiment stands there");
        }
        return usable;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return InetAddress.getByName(host).getCanonicalHostName();
    }

    /** RFC 1918, RFC 6598, RFC 4193, RFC 3927 and RFC 4291: whatever is not out on the net. */
    static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        boolean shared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
        return uniqueLocal
                || shared
                || address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
    }
}
