/** Zstandard frames (RFC 8878), decoded in Java, so that a hostile one can at worst be refused. It never compresses. */
@NullMarked
package dev.devmentor.anki.zstd;

import org.jspecify.annotations.NullMarked;
