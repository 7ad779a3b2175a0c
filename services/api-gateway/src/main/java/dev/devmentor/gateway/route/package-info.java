/**
 * Knows which path leads to which service, and what holds for it.
 */
@NullMarked
package dev.devmentor.gateway.route;

import org.jspecify.annotations.NullMarked;
