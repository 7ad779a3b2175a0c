/**
 * Knows who the learners are, locks them while something of theirs changes, and remembers by keyed hash who was
 * erased. It never interprets an entry.
 */
@NullMarked
package dev.devmentor.learning.learner;

import org.jspecify.annotations.NullMarked;
