package holdfast.server.drivers.webdav;

/**
 * How a server writes names where the standard asks for encoded addresses (RFC 4918, section 8.3). XRootD 5.5 writes them as they
 * stand, and takes a {@code Destination} as it stands; which holds is tried when an element is begun.
 *
 * @param plainAnswers whether the addresses in its answers are not encoded
 * @param plainDestination whether it does not decode the destination of a move
 */
record Dialect(boolean plainAnswers, boolean plainDestination) {
    static final Dialect STANDARD = new Dialect(false, false);
}
