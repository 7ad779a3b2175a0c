/**
 * Keeps what operators changed while it runs: checked, versioned, undoable.
 */
@NullMarked
package dev.devmentor.gateway.settings;

import org.jspecify.annotations.NullMarked;
