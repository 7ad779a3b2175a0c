/**
 * Answers what a chart needs: forecast, heat map, true retention, calibration, distributions, and simulations of the work to come
 * with advice on the wanted retention. It only reads the caller's log and cards, and keeps nothing.
 */
@NullMarked
package dev.devmentor.learning.analytics;

import org.jspecify.annotations.NullMarked;
