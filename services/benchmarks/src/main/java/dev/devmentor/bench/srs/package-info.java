/**
 * Decides how well the memory models predict a real review log, beside simpler ones, and how fast they are fitted, beside
 * fsrs-rs. Every prediction is made from earlier reviews only, and no constant was chosen on a log's test parts.
 */
@NullMarked
package dev.devmentor.bench.srs;

import org.jspecify.annotations.NullMarked;
