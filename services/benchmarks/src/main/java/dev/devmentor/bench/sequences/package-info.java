/**
 * Decides how well the end of a sequence is predicted, by the protocol of the published comparisons. It never learns
 * anything itself.
 */
@NullMarked
package dev.devmentor.bench.sequences;

import org.jspecify.annotations.NullMarked;
