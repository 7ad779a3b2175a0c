/**
 * Answers those who ask for a person to be forgotten, and remembers who was erased without remembering them, so that whatever
 * still arrives for them does nothing. What there is of a person, each service knows itself.
 */
@NullMarked
package dev.devmentor.kit.erasure;

import org.jspecify.annotations.NullMarked;
