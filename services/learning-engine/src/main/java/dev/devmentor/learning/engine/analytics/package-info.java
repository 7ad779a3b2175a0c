/**
 * Decides what a learner's log and cards say for a chart, and what is to be expected of the days to come: forecast, workload,
 * advice on the wanted retention. It never schedules a card and never changes anything.
 */
@NullMarked
package dev.devmentor.learning.engine.analytics;

import org.jspecify.annotations.NullMarked;
