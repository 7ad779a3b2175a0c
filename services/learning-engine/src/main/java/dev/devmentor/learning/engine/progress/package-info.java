/**
 * Decides what effort is worth: points, levels, streaks and achievements, so that none of them can be had by repeating
 * what is easy. It rates nobody and knows no ids but those of tasks and achievements.
 */
@NullMarked
package dev.devmentor.learning.engine.progress;

import org.jspecify.annotations.NullMarked;
