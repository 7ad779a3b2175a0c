/**
 * Recommends what to do next and says why: due reviews, weak skills, the next step of a path, a break. It never records
 * anything; the answers decide what it recommends.
 */
@NullMarked
package dev.devmentor.learning.choice;

import org.jspecify.annotations.NullMarked;
