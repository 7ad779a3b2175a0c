/**
 * Knows where Redis is and how a feature gets a connection of its own there. It decides nothing, and no key is named here.
 */
@NullMarked
package dev.devmentor.gateway.redis;

import org.jspecify.annotations.NullMarked;
