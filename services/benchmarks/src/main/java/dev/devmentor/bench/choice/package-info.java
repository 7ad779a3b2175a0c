/**
 * Decides what each strategy for choosing questions is good for, on simulated learners, beside choosing at random. It never
 * shows the engine more than skills, rated items and answers.
 */
@NullMarked
package dev.devmentor.bench.choice;

import org.jspecify.annotations.NullMarked;
