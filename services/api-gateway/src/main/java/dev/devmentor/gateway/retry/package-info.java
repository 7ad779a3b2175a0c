/**
 * Decides whether and when a call is tried again, within a budget.
 */
@NullMarked
package dev.devmentor.gateway.retry;

import org.jspecify.annotations.NullMarked;
