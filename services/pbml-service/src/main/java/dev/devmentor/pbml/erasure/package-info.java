/**
 * Removes everything of a person and leaves a keyed hash, so that whatever still arrives for them does nothing. It
 * never keeps the person's id.
 */
@NullMarked
package dev.devmentor.pbml.erasure;

import org.jspecify.annotations.NullMarked;
