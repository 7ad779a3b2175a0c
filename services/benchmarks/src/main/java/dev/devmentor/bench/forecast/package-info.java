/**
 * Scores forecast, calibration, workload and advice on a review log: everything is estimated from the first half, and compared with
 * what happened in the other.
 */
@NullMarked
package dev.devmentor.bench.forecast;

import org.jspecify.annotations.NullMarked;
