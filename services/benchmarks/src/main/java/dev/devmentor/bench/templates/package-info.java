/** How well and how fast the template miner works: {@code scripts/bench templates DIR}, on sets laid out as loghub's. */
@NullMarked
package dev.devmentor.bench.templates;

import org.jspecify.annotations.NullMarked;
