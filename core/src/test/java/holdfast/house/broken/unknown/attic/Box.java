package holdfast.house.broken.unknown.attic;

/** Breaks the floors: nobody drew this room. */
public record Box() {}
