/** What loss is to be expected, by class: the loss model with its inputs visible, and the storage levels that follow. */
@NullMarked
package holdfast.durability;

import org.jspecify.annotations.NullMarked;
