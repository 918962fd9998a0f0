package holdfast.durability;

/** The numbers that the loss model takes, with the letters of its formula. */
public enum InputName {
    DAMAGE_TAPE("latent damage of a copy on tape", Unit.PER_YEAR),
    DAMAGE_DISK("latent damage of a copy on disk", Unit.PER_YEAR),
    SCRUB_TAPE("a copy on tape is read every", Unit.DAYS),
    SCRUB_DISK("a copy on disk is read every", Unit.DAYS),
    REPAIR("from damage found to a proved copy", Unit.DAYS),
    SITE_DISASTER("disasters of a site", Unit.PER_YEAR),
    REBUILD("rebuilding the copies of a site", Unit.DAYS),
    COMMON_CAUSE("one cause takes every copy of a file", Unit.PER_YEAR);

    private final String words;
    private final Unit unit;

    /** What its number counts; for both of them less is better. */
    public enum Unit {
        PER_YEAR,
        DAYS
    }

    InputName(String words, Unit unit) {
        this.words = words;
        this.unit = unit;
    }

    public String words() {
        return words;
    }

    public Unit unit() {
        return unit;
    }
}
