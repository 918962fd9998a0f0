package holdfast.house.broken.upward.custody;

/** What the lower room must not know. */
public record Custodian() {}
