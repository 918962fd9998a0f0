/** What came in against its manifest and the outside register: accepted whole, or refused with findings. */
@NullMarked
package holdfast.ingest;

import org.jspecify.annotations.NullMarked;
