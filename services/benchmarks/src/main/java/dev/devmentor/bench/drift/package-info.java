/**
 * Decides how soon the engine finds a change, how often it finds one where there is none, and whether its confidence means
 * what it says, on generated streams.
 */
@NullMarked
package dev.devmentor.bench.drift;

import org.jspecify.annotations.NullMarked;
