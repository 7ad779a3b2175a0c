/**
 * Decides how fast the schedulers are, beside ts-fsrs on the same review log in the same run. It never prints a figure
 * before both sides' memories were compared.
 */
@NullMarked
package dev.devmentor.bench.scheduler;

import org.jspecify.annotations.NullMarked;
