/**
 * Decides which skill builds on which, and how much an answer in one says of another. It never rates anybody and keeps
 * nothing.
 */
@NullMarked
package dev.devmentor.learning.engine.skill;

import org.jspecify.annotations.NullMarked;
