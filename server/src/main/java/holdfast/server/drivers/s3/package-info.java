/** The driver for object stores that speak S3: one bucket, or a prefix in one, is an element. */
@NullMarked
package holdfast.server.drivers.s3;

import org.jspecify.annotations.NullMarked;
