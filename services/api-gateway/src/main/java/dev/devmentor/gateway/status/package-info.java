/**
 * Says how the gateway and each service behind it are.
 */
@NullMarked
package dev.devmentor.gateway.status;

import org.jspecify.annotations.NullMarked;
