/**
 * Turns texts into numbers whose cosine says how alike they are, for programs that search or group by themselves. It keeps
 * nothing of what it is given.
 */
@NullMarked
package dev.devmentor.pbml.embedding;

import org.jspecify.annotations.NullMarked;
