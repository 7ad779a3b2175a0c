/**
 * Decides when a stream of hits and misses has changed. It never decides what follows from it.
 */
@NullMarked
package dev.devmentor.pbml.engine.drift;

import org.jspecify.annotations.NullMarked;
