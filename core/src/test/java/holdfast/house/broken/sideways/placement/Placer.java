package holdfast.house.broken.sideways.placement;

import holdfast.house.broken.sideways.retention.Guard;

/** Breaks the floors: two rooms on one floor; an array is an import too. */
final class Placer {
    static int count(Guard[] guards) {
        return guards.length;
    }
}
