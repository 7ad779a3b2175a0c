/**
 * Decides how often the engine names a file that goes with another, on real histories, beside plain counts of common changes.
 * It never shows a peer or the engine anything of a commit before it asks about it.
 */
@NullMarked
package dev.devmentor.bench.cochange;

import org.jspecify.annotations.NullMarked;
