/**
 * Remembers who was erased without remembering them, so that whatever still arrives for them does nothing. It deletes
 * nothing: what there is of a person, each service knows itself.
 */
@NullMarked
package dev.devmentor.kit.erasure;

import org.jspecify.annotations.NullMarked;
