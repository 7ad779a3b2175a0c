/**
 * Sums up what a learner has done, and takes points that other services grant. What effort is worth is decided by the
 * engine; nothing here keeps a sum of its own.
 */
@NullMarked
package dev.devmentor.learning.progress;

import org.jspecify.annotations.NullMarked;
