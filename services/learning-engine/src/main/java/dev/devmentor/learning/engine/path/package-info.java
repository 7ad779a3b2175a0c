/**
 * Decides in which order and by when a person gets from what they can do to what they want to be able to do. It never rates
 * anybody, knows no calendar but numbered days, and never chooses a question.
 */
@NullMarked
package dev.devmentor.learning.engine.path;

import org.jspecify.annotations.NullMarked;
