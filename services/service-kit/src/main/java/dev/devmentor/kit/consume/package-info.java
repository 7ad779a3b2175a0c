/**
 * Takes records from Kafka in batches and applies each batch in one database transaction, so that a record has its
 * effect exactly once. It never knows what an event means, and never drops one: what cannot be applied goes to the dead
 * letters, what cannot be applied now is tried again for ever.
 */
@NullMarked
package dev.devmentor.kit.consume;

import org.jspecify.annotations.NullMarked;
