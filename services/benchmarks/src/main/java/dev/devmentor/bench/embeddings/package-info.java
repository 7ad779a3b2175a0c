/** How well embeddings find texts that mean the same, beside other ways to compare texts: {@code scripts/bench embeddings [DIR]}. */
@NullMarked
package dev.devmentor.bench.embeddings;

import org.jspecify.annotations.NullMarked;
