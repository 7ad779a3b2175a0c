/**
 * Keeps outgoing messages in the same transaction as the change they tell of, and relays them to Kafka in order.
 * It never sends anything that was not committed, and never forgets anything that was.
 */
@NullMarked
package dev.devmentor.kit.outbox;

import org.jspecify.annotations.NullMarked;
