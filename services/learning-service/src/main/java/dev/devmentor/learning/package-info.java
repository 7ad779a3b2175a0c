/**
 * The learning service: keeps the review log, and from it what everyone should review next.
 */
@NullMarked
package dev.devmentor.learning;

import org.jspecify.annotations.NullMarked;
