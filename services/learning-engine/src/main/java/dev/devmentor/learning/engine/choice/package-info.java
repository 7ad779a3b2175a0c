/**
 * Decides which of several questions challenges a person best. It never rates anybody and never sees more of a question
 * than the probability of a right answer that the rating gives.
 */
@NullMarked
package dev.devmentor.learning.engine.choice;

import org.jspecify.annotations.NullMarked;
