package holdfast.fixity;

import holdfast.catalog.CopyRow;
import holdfast.storage.Locator;
import holdfast.storage.ProofKind;
import java.time.Instant;
import java.util.Optional;

/**
 * What was seen of one copy at one moment.
 *
 * @param copy the row as it was when the inspection began
 * @param detail what differed or failed, for people; empty when intact
 * @param kind how it was read; meaningful only when it was intact
 */
public record Inspection(
        CopyRow copy,
        Instant at,
        Outcome outcome,
        ProofKind kind,
        Optional<Locator> locator,
        Optional<String> detail) {}
