package holdfast.server.identity;

import holdfast.vocabulary.BadWord;

/**
 * Somebody, as they show themselves.
 *
 * @param name a user's name, a DN, or a public key as OpenSSH writes it; at most 2,000 characters
 */
public record Identity(IdentityType type, String name) {
    private static final int LONGEST = 2_000;

    public Identity {
        if (name.isBlank() || name.length() > LONGEST || name.chars().anyMatch(Character::isISOControl)) {
            String shown = name.substring(0, Math.min(name.length(), 60));
            throw new BadWord("identity", shown, "1 to 2,000 characters without control characters");
        }
    }
}
