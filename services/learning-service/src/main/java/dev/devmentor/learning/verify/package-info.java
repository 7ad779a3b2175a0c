/**
 * Recomputes cards, people, settings, open tasks and notes from the log and compares them bit by bit. It never mends what it finds.
 */
@NullMarked
package dev.devmentor.learning.verify;

import org.jspecify.annotations.NullMarked;
