/** Proves what the package of that name claims. It decides nothing. */
@NullMarked
package dev.devmentor.gateway.identity;

import org.jspecify.annotations.NullMarked;
