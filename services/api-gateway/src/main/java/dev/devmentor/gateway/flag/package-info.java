/**
 * Decides which variant of a feature a caller gets, from a local copy of the flags. It never waits for another service, and
 * never changes a flag.
 */
@NullMarked
package dev.devmentor.gateway.flag;

import org.jspecify.annotations.NullMarked;
