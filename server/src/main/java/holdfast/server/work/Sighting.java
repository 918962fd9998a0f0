package holdfast.server.work;

import holdfast.fixity.Outcome;
import holdfast.storage.Locator;
import holdfast.storage.ProofKind;
import java.util.Optional;

/**
 * What a reader saw at one path.
 *
 * @param kind how it was read; meaningful only when it was intact
 * @param detail what differed or failed, for people; empty when intact
 */
record Sighting(Outcome outcome, ProofKind kind, Optional<Locator> locator, Optional<String> detail) {
    static Sighting bad(Outcome outcome, String detail) {
        return new Sighting(outcome, ProofKind.WHOLE_READ, Optional.empty(), Optional.of(detail));
    }

    static Sighting notChecked(String why) {
        return bad(Outcome.NOT_CHECKED, why);
    }
}
