/**
 * Decides which instance of a service is next, and which are well. It never sends a person's request.
 */
@NullMarked
package dev.devmentor.gateway.balance;

import org.jspecify.annotations.NullMarked;
