/**
 * Keeps what the logs say of people, of skills and of items, and folds it further soon after a log grew, or when somebody
 * asks. It decides nothing that the log does not say, never changes the log, and shows nobody another person's state.
 */
@NullMarked
package dev.devmentor.learning.person;

import org.jspecify.annotations.NullMarked;
