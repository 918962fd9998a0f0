package holdfast.formats;

import java.util.Optional;
import java.util.SortedSet;

/**
 * As what this house is known at an issuer (RFC 6749, section 2.2).
 *
 * @param id for logins in a browser
 * @param secretFile where the secret of that client stands; empty for a public one
 * @param deviceId a public client for logins of the command line; empty where there is none
 * @param scopes what a login asks for besides openid
 */
public record LoginClient(
        String id, Optional<String> secretFile, Optional<String> deviceId, SortedSet<String> scopes) {}
