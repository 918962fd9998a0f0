package holdfast.storage;

import java.util.Optional;

/** Where an element stands and who runs it; an empty value is not known, and never counts as different. */
public record Place(Optional<String> region, Optional<String> hazardZone, Optional<String> operator) {}
