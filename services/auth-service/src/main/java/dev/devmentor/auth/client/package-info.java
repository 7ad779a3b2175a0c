/**
 * Knows the programs that may ask for tokens, and from where a request comes. It knows no person.
 */
@NullMarked
package dev.devmentor.auth.client;

import org.jspecify.annotations.NullMarked;
