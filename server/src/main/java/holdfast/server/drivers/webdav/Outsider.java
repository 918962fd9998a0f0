package holdfast.server.drivers.webdav;

import holdfast.server.credentials.Bearer;
import holdfast.server.credentials.Right;
import holdfast.server.drivers.Causes;
import holdfast.server.drivers.Met;
import holdfast.server.drivers.http.Answer;
import holdfast.server.drivers.http.Door;
import holdfast.storage.StorageDriver.Knock;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/**
 * Somebody who must not be let in, at the door of one element: shows no certificate, and no token or one of a non-member.
 * Asks for a file's head, its first byte, its properties and its folder, and reads nothing else.
 */
final class Outsider implements AutoCloseable {
    private final Door door;
    private final Dav dav;

    /** @param door shows no certificate, and is used by nobody else: some servers know who comes by the connection */
    Outsider(Door door, Place place, Bearer bearer) {
        this.door = door;
        this.dav = new Dav(door, place, bearer);
    }

    Knock knock(String path) {
        return Met.all(List.of(
                ask("HEAD", path, Optional.empty()),
                ask("GET", path, Optional.empty()),
                ask("PROPFIND", path, Optional.of("0")),
                ask("PROPFIND", Dav.above(path), Optional.of("1"))));
    }

    private Met ask(String method, String path, Optional<String> depth) {
        String what = depth.equals(Optional.of("1")) ? method + " of its folder" : method;
        try {
            HttpUriRequestBase request = dav.request(method, path, Right.READ);
            depth.ifPresent(d -> request.setHeader("Depth", d));
            if (method.equals("GET")) {
                request.setHeader("Range", "bytes=0-0");
            }
            try (Answer answer = door.ask(request)) {
                return met(what, answer.status());
            }
        } catch (SSLException e) {
            return String.valueOf(e.getMessage()).contains("certificate_required")
                    ? new Met.Refused(what + " not heard without a certificate")
                    : new Met.Unclear(what + ": " + Causes.of(e));
        } catch (IOException e) {
            return new Met.Unclear(what + ": " + Causes.of(e));
        }
    }

    /** 404 to somebody else, of what we see there, hides it; 405 and 501 give and show nothing; 416 tells that it is there. */
    private static Met met(String what, int status) {
        String how = what + " answered " + status;
        if ((status >= 200 && status < 300) || status == 416) {
            return new Met.LetIn(how);
        }
        return switch (status) {
            case 401, 403, 404, 405, 501 -> new Met.Refused(how);
            default -> new Met.Unclear(how);
        };
    }

    @Override
    public void close() {
        door.close();
    }
}
