/**
 * Stands where the auth service will be: publishes the keys by which a service checks a token, and signs tokens for
 * whoever may read the key file. It never hands out a token over the network.
 */
@NullMarked
package dev.devmentor.parts.issuer;

import org.jspecify.annotations.NullMarked;
