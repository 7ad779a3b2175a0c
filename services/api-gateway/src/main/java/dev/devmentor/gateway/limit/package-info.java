/**
 * Decides whether a caller has requests left in this window. It never decides who the caller is.
 */
@NullMarked
package dev.devmentor.gateway.limit;

import org.jspecify.annotations.NullMarked;
