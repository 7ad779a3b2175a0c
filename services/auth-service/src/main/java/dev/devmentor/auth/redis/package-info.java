/**
 * Asks Redis on behalf of those who can do without it. It never decides what to do then.
 */
@NullMarked
package dev.devmentor.auth.redis;

import org.jspecify.annotations.NullMarked;
