/**
 * The log of observations: takes what people did and what they do with patterns, drops repeats and finds contradictions,
 * all in the caller's transaction. It never removes an observation, but for an erasure, and changes none, but that its content
 * may be forgotten; it folds nothing.
 */
@NullMarked
package dev.devmentor.pbml.log;

import org.jspecify.annotations.NullMarked;
