/**
 * Decides how an answer changes what is known of a memory, and after how many days the next review is wanted. It never
 * knows cards, clocks, zones or learners: days come in and go out as numbers.
 */
@NullMarked
package dev.devmentor.learning.engine.schedule;

import org.jspecify.annotations.NullMarked;
