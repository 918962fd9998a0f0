package holdfast.formats;

import java.util.Optional;

/**
 * As what this house is known at an issuer (RFC 6749, section 2.2).
 *
 * @param id for logins in a browser
 * @param secretFile where the secret of that client stands; empty for a public one
 * @param deviceId a public client for logins of the command line; empty where there is none
 */
public record LoginClient(String id, Optional<String> secretFile, Optional<String> deviceId) {}
