/**
 * On a laptop there are a person to try things with and an operator, from the first start. Nowhere else: without a password in the
 * configuration there is neither.
 */
@NullMarked
package dev.devmentor.auth.demo;

import org.jspecify.annotations.NullMarked;
