/**
 * Patterns as people and other services see them: lists, single ones with their history, what people do with them, and what is
 * announced of them. It decides nothing of what is learned.
 */
@NullMarked
package dev.devmentor.pbml.pattern;

import org.jspecify.annotations.NullMarked;
