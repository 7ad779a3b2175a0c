/**
 * Evaluates feature flags for a caller from a local copy.
 */
@NullMarked
package dev.devmentor.gateway.flag;

import org.jspecify.annotations.NullMarked;
