package holdfast.plan;

import java.util.Optional;

/**
 * One obligation of a clause and where it comes from.
 *
 * @param reading the number of the reading, such as {@code A-1}, where the basis is one
 */
public record Duty(Obligation obligation, Basis basis, Optional<String> reading) {}
