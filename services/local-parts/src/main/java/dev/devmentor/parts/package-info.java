/**
 * Starts, watches and stops the real parts of the platform (PostgreSQL, Kafka, Redis) as processes of one machine. It
 * never decides what the platform consists of: the launcher and the tests do.
 */
@NullMarked
package dev.devmentor.parts;

import org.jspecify.annotations.NullMarked;
