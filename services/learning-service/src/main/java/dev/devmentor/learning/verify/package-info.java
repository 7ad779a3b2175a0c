/**
 * Recomputes cards, people, settings, open tasks, notes and hints from the log and compares them bit by bit. It never mends what it finds.
 */
@NullMarked
package dev.devmentor.learning.verify;

import org.jspecify.annotations.NullMarked;
