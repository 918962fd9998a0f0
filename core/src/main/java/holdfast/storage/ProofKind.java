package holdfast.storage;

/** How a copy's bytes were shown to be right (design: proof kinds on tape). */
public enum ProofKind {
    /** The whole file was read from a medium that is always online. */
    WHOLE_READ,
    /** Recalled while its locality was tape only, so the medium itself was read. */
    MEDIUM,
    /** Read from the disk buffer in front of the tape. */
    BUFFER,
    /** The site stated the digest; we read nothing. */
    SITE_SAYS,
    /** Another file of the same cartridge was read from the medium. */
    CARTRIDGE_SAMPLE
}
