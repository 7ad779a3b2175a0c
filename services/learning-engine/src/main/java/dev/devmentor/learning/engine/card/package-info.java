/**
 * Decides the state of one card from its log of entries, in the order of event time and whatever the order of arrival.
 * It never reads a clock, a database or the default zone, and never decides who may see a card.
 */
@NullMarked
package dev.devmentor.learning.engine.card;

import org.jspecify.annotations.NullMarked;
