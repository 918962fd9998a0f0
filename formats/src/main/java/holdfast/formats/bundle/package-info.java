/** Evidence bundles: one ZIP with the journal, the plan and the verdicts claimed, written here and checked here. */
@NullMarked
package holdfast.formats.bundle;

import org.jspecify.annotations.NullMarked;
