package holdfast.house.broken.cycle.second;

import holdfast.house.broken.cycle.third.Three;

/** On the way round. */
public record Two(Three three) {}
