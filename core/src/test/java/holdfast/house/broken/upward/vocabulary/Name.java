package holdfast.house.broken.upward.vocabulary;

import holdfast.house.broken.upward.custody.Custodian;

/** Breaks the floors: the lowest room knows the highest. */
public record Name(Custodian custodian) {}
