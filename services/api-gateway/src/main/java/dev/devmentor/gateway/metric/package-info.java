/** Meters that are cheap enough for every request. */
@NullMarked
package dev.devmentor.gateway.metric;

import org.jspecify.annotations.NullMarked;
