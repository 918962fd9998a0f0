/** The table of verdicts, cell by cell, and what would go unseen without it. */
@NullMarked
package holdfast.judgement;

import org.jspecify.annotations.NullMarked;
