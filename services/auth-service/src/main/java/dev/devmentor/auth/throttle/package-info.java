/**
 * Decides how long somebody who guesses has to wait. It never locks an account: the person it belongs to gets in.
 */
@NullMarked
package dev.devmentor.auth.throttle;

import org.jspecify.annotations.NullMarked;
