/** The journal and the catalogue in PostgreSQL: facts and rows in one transaction, summaries as work. */
@NullMarked
package holdfast.server.sql;

import org.jspecify.annotations.NullMarked;
