package holdfast.server.credentials;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where the tokens for one element come from. Asked anew for each request, since tokens end. */
@FunctionalInterface
public interface Bearer {
    /** Nothing is shown: the element asks for none, or knows us by certificate. */
    Bearer NONE = scopes -> Optional.empty();

    /**
     * A token that allows this and no more, where the source can make one.
     *
     * @param wants each with its path, see {@link Want}
     * @throws IOException when there should be a token and none can be had; the message says why and shows nothing of it
     */
    Optional<Secret> token(List<Want> wants) throws IOException;

    /** One right on one path; the path is that of the element's server, absolute and not encoded. */
    record Want(Right right, String path) {
        /**
         * The scope that asks for it.
         *
         * @param base the path at the server that the issuer's {@code /} stands for; empty for the server's root
         */
        public String scope(String base) {
            String folder = base.replaceAll("/+$", "");
            boolean below = path.equals(folder) || path.startsWith(folder + "/");
            String from = below ? path.substring(folder.length()) : path;
            return right.on(from.startsWith("/") ? from : "/" + from);
        }
    }
}
