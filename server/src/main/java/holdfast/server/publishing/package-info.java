/** Carries out what was signed to become public: the same bytes, as a new object, by the door of every other file. */
@NullMarked
package holdfast.server.publishing;

import org.jspecify.annotations.NullMarked;
