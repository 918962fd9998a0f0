package holdfast.house.broken.framework;

import javax.sql.DataSource;

/** Breaks core's freedom: of the JDK outside {@code java.}, only what computes may be used. */
record HoldsADataSource(DataSource source) {}
