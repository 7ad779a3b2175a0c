/**
 * Makes and checks what only this service can make: keys per purpose, sealed texts, random tokens. It never decides who may have one.
 */
@NullMarked
package dev.devmentor.auth.secret;

import org.jspecify.annotations.NullMarked;
