/**
 * Decides which weights of a memory model predict a person's reviews best: histories in plain arrays, gradients by
 * hand-written reverse mode, Adam, and the guard that keeps what predicts better. It never reads, stores or schedules
 * anything, and gives the same bits on every run: own seeded shuffle, {@link
 * dev.devmentor.deterministic.DeterministicMath}, sums in a fixed order.
 */
@NullMarked
package dev.devmentor.learning.engine.fit;

import org.jspecify.annotations.NullMarked;
