package holdfast.server.drivers.taperest;

/** The name that a server gave to one stage request. */
record RequestId(String text) {}
