/**
 * Decides which files belong to a change, from the histories of changes and from names and paths. It never reads a file.
 */
@NullMarked
package dev.devmentor.pbml.engine.related;

import org.jspecify.annotations.NullMarked;
