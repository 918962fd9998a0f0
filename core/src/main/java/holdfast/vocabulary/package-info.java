/** The words every room speaks: names, sizes, digests, levels. Values only. */
@NullMarked
package holdfast.vocabulary;

import org.jspecify.annotations.NullMarked;
