/**
 * Keeps what each owner's log says: folds it, in the background and for whoever asks, and keeps it in memory and in the
 * database. It decides nothing of what is learned, which the engine does, and shows nothing to anybody.
 */
@NullMarked
package dev.devmentor.pbml.model;

import org.jspecify.annotations.NullMarked;
