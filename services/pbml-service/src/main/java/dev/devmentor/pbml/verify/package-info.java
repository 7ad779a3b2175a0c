/**
 * Folds every owner's log again and compares all that is kept of it. It never mends what it finds.
 */
@NullMarked
package dev.devmentor.pbml.verify;

import org.jspecify.annotations.NullMarked;
