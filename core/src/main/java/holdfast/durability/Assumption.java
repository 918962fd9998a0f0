package holdfast.durability;

import holdfast.durability.Input.Origin;

/** What is taken where nothing better is known here, each with its source. They are no promise of anybody. */
enum Assumption {
    DAMAGE_TAPE(
            1e-3,
            "an upper bound: CERN, T. Bell 2009: about 60 of 30,000 to 45,000 cartridges lost some data in a year,"
                    + " each only in part"),
    DAMAGE_DISK(
            1e-4,
            "our reckoning: Bairavasundaram et al. 2008 found 400,000 checksum mismatches on 1.53 million drives in 41"
                    + " months, 0.08 a drive and year, put on a thousand files a drive"),
    REPAIR(36.525, "our setting, a tenth of a year: found, ordered, carried and read back"),
    SITE_DISASTER(1.0 / 200, "our setting, one in 200 years; state that of your sites"),
    REBUILD(182.625, "our setting, half a year: hardware has to be found before bytes can be carried"),
    COMMON_CAUSE(
            1e-5,
            "our setting: nobody has measured it; as if once in a hundred years one error took every copy of a"
                    + " thousandth of all files");

    private final double value;
    private final String source;

    Assumption(double value, String source) {
        this.value = value;
        this.source = source;
    }

    double value() {
        return value;
    }

    Input input() {
        return new Input(value, Origin.ASSUMED, source);
    }

    /** The assumption, with why nothing measured stands in its place. */
    Input because(String why) {
        return new Input(value, Origin.ASSUMED, source + "; " + why);
    }
}
