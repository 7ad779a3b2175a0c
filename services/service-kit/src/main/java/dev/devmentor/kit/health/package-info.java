/**
 * Answers /health for people and gateways, and tells the probes how consumption stands. Liveness never looks at a
 * dependency.
 */
@NullMarked
package dev.devmentor.kit.health;

import org.jspecify.annotations.NullMarked;
