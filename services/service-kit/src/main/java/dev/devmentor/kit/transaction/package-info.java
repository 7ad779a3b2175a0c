/**
 * Runs one unit of work: dedupe, change and outbox in one database transaction. It never leaves a transaction half
 * done, and says whether a failure may pass by itself.
 */
@NullMarked
package dev.devmentor.kit.transaction;

import org.jspecify.annotations.NullMarked;
