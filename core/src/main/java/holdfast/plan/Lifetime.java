package holdfast.plan;

import java.util.Optional;

/**
 * A span whose end a named body declares; it never ends by the clock (derived duty D-1).
 *
 * @param notBefore another lifetime that this one outlives
 */
public record Lifetime(String name, String declaredBy, Optional<String> notBefore) {}
