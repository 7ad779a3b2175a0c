/**
 * Sums up what a learner has done. It only reads.
 */
@NullMarked
package dev.devmentor.learning.progress;

import org.jspecify.annotations.NullMarked;
