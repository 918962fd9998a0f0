package holdfast.house.broken.framework;

import java.sql.Connection;

/** Breaks core's freedom: a connection belongs in server. */
record SpeaksSql(Connection connection) {}
