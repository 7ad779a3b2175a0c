/**
 * Decides on which day a card comes up where more than its own interval has a say: fuzz, loads, breaks, backlogs, exams,
 * siblings. It moves due dates only, never changes a memory or an interval, and knows neither a log nor a clock: days come
 * in as numbers, recall as a function, and moves go out.
 */
@NullMarked
package dev.devmentor.learning.engine.plan;

import org.jspecify.annotations.NullMarked;
