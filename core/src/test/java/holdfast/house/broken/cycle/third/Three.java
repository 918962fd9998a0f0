package holdfast.house.broken.cycle.third;

import holdfast.house.broken.cycle.first.One;

/** Closes the circle. */
public final class Three {
    static boolean isOne(Object thing) {
        return thing instanceof One;
    }
}
