/**
 * Decides what to add to a fitted model's prediction between fits. It never fits or schedules anything.
 */
@NullMarked
package dev.devmentor.learning.engine.predict;

import org.jspecify.annotations.NullMarked;
