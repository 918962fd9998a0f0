package holdfast.house.broken.sideways.retention;

/** The neighbour on the same floor. */
public record Guard() {}
