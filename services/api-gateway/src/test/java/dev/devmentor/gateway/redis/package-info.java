/** A Redis of a test's own, that may be frozen and killed. It decides nothing. */
@NullMarked
package dev.devmentor.gateway.redis;

import org.jspecify.annotations.NullMarked;
