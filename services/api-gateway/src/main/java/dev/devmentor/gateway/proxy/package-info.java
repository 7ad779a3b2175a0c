/**
 * Takes a request to an instance and its answer back, byte for byte, and keeps connections apart. It never decides
 * whether a request may pass.
 */
@NullMarked
package dev.devmentor.gateway.proxy;

import org.jspecify.annotations.NullMarked;
