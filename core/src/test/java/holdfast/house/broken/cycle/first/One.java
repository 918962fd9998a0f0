package holdfast.house.broken.cycle.first;

import holdfast.house.broken.cycle.second.Two;

/** Breaks the rule against circles, by way of a second and a third package. */
public record One(Two two) {}
