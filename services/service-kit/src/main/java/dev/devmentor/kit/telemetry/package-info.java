/**
 * Names the metrics and carries trace contexts over Kafka; docs/telemetry.md is the dictionary. It never costs more
 * than a branch where tracing is off.
 */
@NullMarked
package dev.devmentor.kit.telemetry;

import org.jspecify.annotations.NullMarked;
