/** {@code scripts/bench gateway}: the API gateway as shipped beside nginx as a plain proxy, to the same origin. */
@NullMarked
package dev.devmentor.bench.gateway;

import org.jspecify.annotations.NullMarked;
