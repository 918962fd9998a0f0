package holdfast.server.edge;

import holdfast.server.api.rucio.wire.RucioCall;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The front ends whose word for a client's address ({@code X-Forwarded-For}) is believed, by limits and by what is written
 * down. Everybody else's is passed over: who could choose an address would have as many limits as addresses.
 *
 * @param addresses of the front ends, as the server sees them
 */
public record FrontEnds(Set<String> addresses) {
    public static final FrontEnds NONE = new FrontEnds(Set.of());

    private static final String HEADER = "X-Forwarded-For";
    private static final String PROPERTY = "holdfast.frontends";
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /**
     * As the property {@code holdfast.frontends} has them, addresses with commas; none where there is none.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static FrontEnds stated() {
        @Nullable String property = System.getProperty(PROPERTY);
        if (property == null) {
            return NONE;
        }
        return new FrontEnds(Arrays.stream(property.split(",", -1))
                .map(String::strip)
                .map(address -> plain(address)
                        .orElseThrow(() -> new IllegalArgumentException("-D" + PROPERTY + "=" + property
                                + " is not addresses with commas between them, such as 192.0.2.7,2001:db8::7")))
                .collect(Collectors.toSet()));
    }

    /** The request with the address of the client behind a front end; as it came where none of these sent it. */
    HttpServletRequest fromClient(HttpServletRequest request) {
        if (isOne(String.valueOf(request.getRemoteAddr()))) {
            request.setAttribute(RucioCall.FRONT_END, true);
        }
        String client = client(String.valueOf(request.getRemoteAddr()), said(request));
        return client.equals(request.getRemoteAddr())
                ? request
                : new HttpServletRequestWrapper(request) {
                    @Override
                    public String getRemoteAddr() {
                        return client;
                    }
                };
    }

    private static List<String> said(HttpServletRequest request) {
        List<String> said = new ArrayList<>();
        for (String line : Collections.list(request.getHeaders(HEADER))) {
            said.addAll(Arrays.asList(line.split(",", -1)));
        }
        return said;
    }

    /** From the last word to the first: each is believed as long as a front end said it, so that a client adds nothing. */
    private String client(String from, List<String> said) {
        String client = from;
        for (String before : said.reversed()) {
            Optional<String> address = plain(before.strip());
            if (!isOne(client) || address.isEmpty()) {
                return client;
            }
            client = address.get();
        }
        return client;
    }

    private boolean isOne(String address) {
        return plain(address).filter(addresses::contains).isPresent();
    }

    /** In one form; only what is an address already, so that no name is ever looked up. */
    private static Optional<String> plain(String text) {
        if (!ADDRESS.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text).getHostAddress());
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
