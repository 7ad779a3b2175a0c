/**
 * Decides whether one more request is taken in, so that those that were taken in keep their latency.
 */
@NullMarked
package dev.devmentor.gateway.shed;

import org.jspecify.annotations.NullMarked;
