/**
 * Says how the gateway and each service behind it are, and asks services for what the gateway answers itself. It never forwards
 * a person's request.
 */
@NullMarked
package dev.devmentor.gateway.status;

import org.jspecify.annotations.NullMarked;
