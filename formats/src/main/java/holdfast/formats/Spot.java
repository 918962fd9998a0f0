package holdfast.formats;

/** A place in a file; line and column count from 1. */
record Spot(int line, int column) {}
