package holdfast.server.drivers.webdav;

import holdfast.vocabulary.Digests;

/**
 * What a server says of a file without giving its bytes. It may answer from what it once computed, so this proves nothing.
 *
 * @param size in bytes
 * @param digests none from a server that computes none
 */
record Stated(long size, Digests digests) {}
