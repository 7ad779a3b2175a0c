/**
 * Reads heads and chunks of HTTP/1.1 so strictly that nobody behind can read them in another way. It knows no connection and
 * no route.
 */
@NullMarked
package dev.devmentor.gateway.wire;

import org.jspecify.annotations.NullMarked;
