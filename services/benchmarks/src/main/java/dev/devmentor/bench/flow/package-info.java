/**
 * Decides how well the shipped choice of questions keeps simulated learners at the wanted rate of success, beside plain
 * Elo and a filter that knows the simulator. It never shows a policy more than ratings of items and answers.
 */
@NullMarked
package dev.devmentor.bench.flow;

import org.jspecify.annotations.NullMarked;
