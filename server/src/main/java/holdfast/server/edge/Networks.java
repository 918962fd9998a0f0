package holdfast.server.edge;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The network that an address belongs to: one IPv4 address, or the 64 bits of IPv6 that one customer has. */
final class Networks {
    private static final int PREFIX = 8;

    private Networks() {}

    static String of(@Nullable String address) {
        try {
            InetAddress read = InetAddress.getByName(address);
            return read instanceof Inet6Address
                    ? HexFormat.of().formatHex(read.getAddress(), 0, PREFIX)
                    : read.getHostAddress();
        } catch (UnknownHostException none) {
            return "unknown";
        }
    }
}
