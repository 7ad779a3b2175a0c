/**
 * What JDBC lacks for writing many rows at once. It never opens, commits or closes anything.
 */
@NullMarked
package dev.devmentor.kit.postgres;

import org.jspecify.annotations.NullMarked;
