/**
 * Decides how good predictions of recall are: log loss, RMSE(bins), AUC, and how a log is split for an honest test. It never
 * predicts anything itself.
 */
@NullMarked
package dev.devmentor.learning.engine.score;

import org.jspecify.annotations.NullMarked;
