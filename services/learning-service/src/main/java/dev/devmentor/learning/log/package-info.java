/**
 * The review log: takes entries of every kind, drops repeats, finds contradictions, and folds what is new into the
 * cards, all in the caller's transaction. It never changes or removes an entry, but for an erasure.
 */
@NullMarked
package dev.devmentor.learning.log;

import org.jspecify.annotations.NullMarked;
