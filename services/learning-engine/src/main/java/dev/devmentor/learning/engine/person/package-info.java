/**
 * Decides what a person's whole log says of the person: ratings, points, streaks, load, what helped. It never looks at a
 * card, keeps no history beside its state, and reads no clock.
 */
@NullMarked
package dev.devmentor.learning.engine.person;

import org.jspecify.annotations.NullMarked;
