/** Upgrades of the database that need the engine. They decide nothing: what they write follows from the log. */
@NullMarked
package db.migration;

import org.jspecify.annotations.NullMarked;
