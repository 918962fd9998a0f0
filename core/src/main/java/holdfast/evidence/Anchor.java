package holdfast.evidence;

import holdfast.journal.SignedHead;
import java.security.PublicKey;
import java.util.Optional;

/**
 * What a verifier knows from elsewhere than the bundle: the journal's key, and a head that was signed and kept outside at
 * some time. Without both, a bundle can only be consistent in itself.
 */
public record Anchor(Optional<PublicKey> key, Optional<SignedHead> head) {
    public static final Anchor NONE = new Anchor(Optional.empty(), Optional.empty());

    public boolean isWhole() {
        return key.isPresent() && head.isPresent();
    }

    /** What is lacking, for people; empty when nothing is. */
    public Optional<String> lacks() {
        if (isWhole()) {
            return Optional.empty();
        }
        String what = key.isPresent() ? "no head" : head.isPresent() ? "no key" : "neither key nor head";
        return Optional.of(what + " from elsewhere was given");
    }
}
