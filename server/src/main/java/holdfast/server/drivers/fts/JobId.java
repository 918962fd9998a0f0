package holdfast.server.drivers.fts;

/** A job as FTS3 calls it. */
record JobId(String text) {
    JobId {
        if (!text.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new IllegalArgumentException("'%s' is no id of a job".formatted(text));
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
