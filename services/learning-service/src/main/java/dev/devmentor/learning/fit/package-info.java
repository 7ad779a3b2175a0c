/**
 * Fits the weights of the models to a learner's own reviews, in the background as these arrive and on request, and keeps the
 * learner's predictions calibrated in between. It replaces weights only by such as predict better on reviews they have not
 * seen, and never moves a due date.
 */
@NullMarked
package dev.devmentor.learning.fit;

import org.jspecify.annotations.NullMarked;
