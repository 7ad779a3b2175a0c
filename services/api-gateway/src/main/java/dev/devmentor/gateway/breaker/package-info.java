/**
 * Decides whether an instance or a route may be tried now, by what became of the last tries.
 */
@NullMarked
package dev.devmentor.gateway.breaker;

import org.jspecify.annotations.NullMarked;
