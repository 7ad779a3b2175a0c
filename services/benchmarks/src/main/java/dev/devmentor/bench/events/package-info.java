/**
 * Measures events end to end: a consumer that only parses, Kafka Streams, and the learning service as shipped, on the
 * same records in the same call. It never decides what a contender does; it feeds them, times them and checks them.
 */
@NullMarked
package dev.devmentor.bench.events;

import org.jspecify.annotations.NullMarked;
