/**
 * Stands for the auth service in tests and benchmarks of other services, and nowhere else: publishes the keys by which a
 * service checks a token, and signs tokens for the process that holds the key. It never hands out a token over the network.
 */
@NullMarked
package dev.devmentor.parts.issuer;

import org.jspecify.annotations.NullMarked;
