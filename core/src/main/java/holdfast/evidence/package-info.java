/** Proof for those who do not trust us: the journal folded, verdicts taken again, bundles that show it. */
@NullMarked
package holdfast.evidence;

import org.jspecify.annotations.NullMarked;
