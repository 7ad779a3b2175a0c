/**
 * Decides what a person is asked next, why, and which way of choosing helps. It never rates anybody and sees of a question
 * only its skills and the probabilities that rating and scheduler give.
 */
@NullMarked
package dev.devmentor.learning.engine.choice;

import org.jspecify.annotations.NullMarked;
