/**
 * Decides how well the shipped rating predicts the answers of people it has never met, beside plain models, on any log of
 * answers. It never lets a model see an answer before its prediction, nor one answer as several rows.
 */
@NullMarked
package dev.devmentor.bench.kt;

import org.jspecify.annotations.NullMarked;
