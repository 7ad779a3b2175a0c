/**
 * Decides how much a pattern may be trusted, and when it is active, stale or retired. It never decides what a pattern is.
 */
@NullMarked
package dev.devmentor.pbml.engine.confidence;

import org.jspecify.annotations.NullMarked;
