package holdfast.storage;

/** What bytes lie on. Only archival media count towards a copy that a plan asks for. */
public enum Medium {
    TAPE(true),
    ARCHIVAL_DISK(true),
    OBJECT_ARCHIVE(true),
    DISK(false),
    CACHE(false);

    private final boolean archival;

    Medium(boolean archival) {
        this.archival = archival;
    }

    public boolean isArchival() {
        return archival;
    }
}
