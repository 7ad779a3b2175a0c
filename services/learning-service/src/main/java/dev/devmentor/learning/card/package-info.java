/**
 * Keeps and shows the state that the log of a card adds up to. It never decides a state by itself: the engine's fold
 * does.
 */
@NullMarked
package dev.devmentor.learning.card;

import org.jspecify.annotations.NullMarked;
