package holdfast.journal;

import java.security.PublicKey;
import java.time.Instant;

/** A signed statement of how many entries there are and which root they give. Each kind is signed over words of its own. */
public sealed interface Head permits SignedHead, ProjectedHead {
    long size();

    Hash root();

    Instant at();

    boolean isSignedBy(PublicKey key);

    /** The head as one line of text. */
    String text();
}
