package holdfast.house.broken.framework;

import com.tngtech.archunit.core.domain.JavaClass;

/** Breaks core's freedom: any library will do. */
record UsesALibrary(JavaClass type) {}
