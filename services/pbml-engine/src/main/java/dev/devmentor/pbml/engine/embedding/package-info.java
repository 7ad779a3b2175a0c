/**
 * Decides how alike two texts of developers are: a text becomes 384 numbers by fixed rules, near texts are found, texts that
 * belong together become families. It learns nothing: what a text is embedded to never depends on any other text.
 */
@NullMarked
package dev.devmentor.pbml.engine.embedding;

import org.jspecify.annotations.NullMarked;
