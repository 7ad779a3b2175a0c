/**
 * What the gateway answers when it refuses or fails, as RFC 9457 problems. It never shows what happened inside.
 */
@NullMarked
package dev.devmentor.gateway.problem;

import org.jspecify.annotations.NullMarked;
