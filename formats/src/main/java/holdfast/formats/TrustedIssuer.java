package holdfast.formats;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody whose tokens are believed.
 *
 * @param name what this house calls them
 * @param url as their tokens have it in {@code iss}, character for character
 * @param audiences whom a token must be for: one of these
 * @param keys where their open keys are; empty where their own discovery document says it
 * @param authorities a PEM file with the authorities that their certificate is checked by; empty for the platform's
 * @param wlcg whether tokens must say that they keep to the WLCG profile
 * @param groups the claim of its tokens that lists somebody's groups
 * @param longest a token that is good for longer than this from now on is refused
 * @param client as what this house is known there; empty where nobody logs in by them
 */
public record TrustedIssuer(
        String name,
        String url,
        Set<String> audiences,
        Optional<String> keys,
        Optional<String> authorities,
        boolean wlcg,
        String groups,
        Duration longest,
        Optional<LoginClient> client) {
    public TrustedIssuer {
        audiences = Set.copyOf(audiences);
    }
}
