/**
 * The event contracts: what an event of each type is, how its bytes are read and refused, and how they are written.
 * It decides nothing about what an event means to a service, and knows no Kafka client.
 */
@NullMarked
package dev.devmentor.events;

import org.jspecify.annotations.NullMarked;
