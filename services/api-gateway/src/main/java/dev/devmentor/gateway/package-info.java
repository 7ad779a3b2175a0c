/**
 * The API gateway: the one door. A request passes the filters in the order of {@link dev.devmentor.gateway.filter.Stage}, and is
 * then forwarded or answered here.
 */
@NullMarked
package dev.devmentor.gateway;

import org.jspecify.annotations.NullMarked;
