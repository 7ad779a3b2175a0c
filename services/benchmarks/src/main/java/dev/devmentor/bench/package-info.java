/**
 * Decides which benchmarks there are and how their results are printed. It never measures anything itself.
 */
@NullMarked
package dev.devmentor.bench;

import org.jspecify.annotations.NullMarked;
