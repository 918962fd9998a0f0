/** The NDSA Levels of Digital Preservation (version 2, 2019), in our own words, judged from what is recorded. */
@NullMarked
package holdfast.durability.ndsa;

import org.jspecify.annotations.NullMarked;
