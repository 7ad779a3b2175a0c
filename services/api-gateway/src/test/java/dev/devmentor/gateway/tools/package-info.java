/** Services at the edge of the network, written by hand, and what the gateway needs to start in front of them. */
@NullMarked
package dev.devmentor.gateway.tools;

import org.jspecify.annotations.NullMarked;
