/**
 * Decides the bits of exponentials, logarithms and powers, and of state that is kept as bytes. It never uses a function
 * whose result depends on the machine, the compiler or the run.
 */
@NullMarked
package dev.devmentor.deterministic;

import org.jspecify.annotations.NullMarked;
