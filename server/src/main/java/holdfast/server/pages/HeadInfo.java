package holdfast.server.pages;

import holdfast.journal.Hash;
import java.time.Instant;
import java.util.Optional;

/**
 * The journal at the moment of the evaluation.
 *
 * @param size entries in the journal
 * @param root the tree's root at that size
 * @param signedAt when a head of that size was signed; empty when none was yet
 * @param outsideSince when a head was last written outside the database; empty when none ever was
 */
public record HeadInfo(long size, Hash root, Optional<Instant> signedAt, Optional<Instant> outsideSince) {}
