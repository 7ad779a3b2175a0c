/**
 * Decides which stack traces are the same fault: type and own frames, normalised, with their causes. It never decides what
 * a fault means.
 */
@NullMarked
package dev.devmentor.pbml.engine.trace;

import org.jspecify.annotations.NullMarked;
